import type { Arguments, Expression } from './ast.ts';
import type { TokenStream } from './token-stream.ts';

/** The parenthesis of a call: positional, named, `*list` and `**dict` arguments. */
export function parseArguments(tokens: TokenStream, inner: (tokens: TokenStream) => Expression): Arguments {
  tokens.expect('op', '(');
  const args: Expression[] = [];
  const kwargs: { name: string; value: Expression }[] = [];
  let spread: Expression | undefined;
  let spreadNamed: Expression | undefined;
  while (!tokens.is('op', ')')) {
    if (tokens.is('op', '*') && !spread && !spreadNamed) {
      tokens.next();
      spread = inner(tokens);
    } else if (tokens.is('op', '**') && !spreadNamed) {
      tokens.next();
      spreadNamed = inner(tokens);
    } else if (tokens.current.kind === 'name' && isEquals(tokens)) {
      const name = tokens.current.text;
      if (kwargs.some((given) => given.name === name)) throw tokens.fault(`keyword argument repeated: ${name}`);
      tokens.next();
      tokens.next();
      kwargs.push({ name, value: inner(tokens) });
    } else {
      if (spread || spreadNamed || kwargs.length) throw tokens.fault('a positional argument follows a named one');
      args.push(inner(tokens));
    }
    if (!tokens.skip('op', ',')) break;
  }
  tokens.expect('op', ')');
  return { args, kwargs, spread, spreadNamed };
}

function isEquals(tokens: TokenStream): boolean {
  const token = tokens.look();
  return token.kind === 'op' && token.text === '=';
}

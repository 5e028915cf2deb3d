import type { Statement } from './ast.ts';
import { parseExpression } from './parse-expression.ts';
import type { TokenStream } from './token-stream.ts';

/** The statements that name other templates. */
export const parseImports: ReadonlyMap<string, (tokens: TokenStream, offset: number) => Statement> = new Map([
  ['extends', parseExtends],
  ['include', parseInclude],
  ['import', parseImport],
  ['from', parseFromImport],
]);

function parseExtends(tokens: TokenStream, offset: number): Statement {
  const template = parseExpression(tokens);
  tokens.expect('block-end');
  return { kind: 'extends', template, offset };
}

function parseInclude(tokens: TokenStream, offset: number): Statement {
  const template = parseExpression(tokens);
  const ignoreMissing = tokens.skip('name', 'ignore');
  if (ignoreMissing) tokens.expect('name', 'missing');
  const withContext = parseContext(tokens, true);
  tokens.expect('block-end');
  return { kind: 'include', template, ignoreMissing, withContext, offset };
}

function parseImport(tokens: TokenStream, offset: number): Statement {
  const template = parseExpression(tokens);
  tokens.expect('name', 'as');
  const name = tokens.expect('name').text;
  const withContext = parseContext(tokens, false);
  tokens.expect('block-end');
  return { kind: 'import', template, name, withContext, offset };
}

function parseFromImport(tokens: TokenStream, offset: number): Statement {
  const template = parseExpression(tokens);
  tokens.expect('name', 'import');
  const names: { name: string; as: string }[] = [];
  while (!tokens.is('block-end') && !isContext(tokens)) {
    if (names.length) {
      tokens.expect('op', ',');
      if (tokens.is('block-end') || isContext(tokens)) break;
    }
    const name = tokens.expect('name').text;
    names.push({ name, as: tokens.skip('name', 'as') ? tokens.expect('name').text : name });
  }
  if (!names.length) throw tokens.fault('expected a name to import');
  const withContext = parseContext(tokens, false);
  tokens.expect('block-end');
  return { kind: 'from-import', template, names, withContext, offset };
}

function isContext(tokens: TokenStream): boolean {
  return tokens.isName('with', 'without') && tokens.look().text === 'context';
}

function parseContext(tokens: TokenStream, normally: boolean): boolean {
  if (!isContext(tokens)) return normally;
  const { text } = tokens.next();
  tokens.next();
  return text === 'with';
}

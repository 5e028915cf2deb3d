import { fail } from '../../values.ts';
import type { Comparator, Node } from './ast.ts';
import { type Token, tokenize } from './lexer.ts';

type Kind = Token['kind'];

/** How tightly an operator holds what stands before it. */
const POWER: { readonly [kind in Kind]?: number } = {
  '|': 1,
  '||': 2,
  '&&': 3,
  '==': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '[]': 9,
  '*': 20,
  '[?': 21,
  '.': 40,
  '!': 45,
  '{': 50,
  '[*]': 55,
  '[': 55,
  '(': 60,
};
/** Operators weaker than this end a projection. */
const PROJECTION_STOP = 10;
const DEEPEST = 200;
const CURRENT: Node = { kind: 'current' };

/** Parses a JMESPath expression. Throws TsplayError that names the place of the mistake. */
export function parsePath(expression: string): Node {
  const parser = new Parser(expression);
  const node = parser.expression(0);
  parser.expect('end');
  return node;
}

class Parser {
  private readonly source: string;
  private readonly tokens: readonly Token[];
  private position = 0;
  private depth = 0;

  constructor(source: string) {
    this.source = source;
    this.tokens = tokenize(source);
  }

  private get next(): Token {
    return this.tokens[this.position]!;
  }

  private take(): Token {
    return this.tokens[this.position++]!;
  }

  private takes(kind: Kind): boolean {
    if (this.next.kind !== kind) return false;
    this.position++;
    return true;
  }

  expect(kind: Kind): void {
    if (!this.takes(kind)) this.unexpected(this.next, kind);
  }

  private unexpected(token: Token, wanted?: string): never {
    const hint = wanted && (wanted === 'end' ? 'the expression should end there' : `"${wanted}" is expected there`);
    return fail(
      `JMESPath: unexpected ${token.kind === 'end' ? 'end' : `"${this.source.slice(token.at).split(/\s/)[0]}"`} at ${token.at} of ${this.source}`,
      hint,
    );
  }

  expression(power: number): Node {
    if (++this.depth > DEEPEST) fail('JMESPath: the expression is nested too deeply');
    let left = this.prefix(this.take());
    while ((POWER[this.next.kind] ?? 0) > power) left = this.infix(left, this.take());
    this.depth--;
    return left;
  }

  private prefix(token: Token): Node {
    switch (token.kind) {
      case 'name':
        return !token.quoted && this.takes('(')
          ? { kind: 'call', name: token.text, args: this.args() }
          : { kind: 'field', name: token.text };
      case 'literal':
        return { kind: 'literal', value: token.value };
      case '@':
        return CURRENT;
      case '&':
        return { kind: 'reference', to: this.expression(0) };
      case '!':
        return { kind: 'not', of: this.expression(POWER['!']!) };
      case '(': {
        const inner = this.expression(0);
        this.expect(')');
        return inner;
      }
      case '*':
        return { kind: 'project-values', of: CURRENT, each: this.projection(POWER['*']!) };
      case '[*]':
      case '[]':
      case '[?':
        return this.infix(CURRENT, token);
      case '[':
        return this.next.kind === 'number' || this.next.kind === ':' ? this.bracket(CURRENT) : this.list();
      case '{':
        return this.hash();
      default:
        return this.unexpected(token);
    }
  }

  private infix(left: Node, token: Token): Node {
    switch (token.kind) {
      case '.':
        if (this.takes('*')) return { kind: 'project-values', of: left, each: this.projection(POWER['*']!) };
        return { kind: 'chain', left, right: this.member(POWER['.']!) };
      case '|':
        return { kind: 'pipe', left, right: this.expression(POWER['|']!) };
      case '||':
        return { kind: 'or', left, right: this.expression(POWER['||']!) };
      case '&&':
        return { kind: 'and', left, right: this.expression(POWER['&&']!) };
      case '[]':
        return { kind: 'project', of: { kind: 'flatten', of: left }, each: this.projection(POWER['[]']!) };
      case '[*]':
        return { kind: 'project', of: left, each: this.projection(POWER['*']!) };
      case '[?': {
        const condition = this.expression(0);
        this.expect(']');
        return { kind: 'filter', of: left, condition, each: this.projection(POWER['[?']!) };
      }
      case '[':
        return this.bracket(left);
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return {
          kind: 'compare',
          operator: token.kind as Comparator,
          left,
          right: this.expression(POWER[token.kind]!),
        };
      default:
        return this.unexpected(token);
    }
  }

  /** What may follow a dot: a name, a call, `[a, b]` or `{a: b}`. */
  private member(power: number): Node {
    // `.[*]` is a list of one member: all values.
    if (this.takes('[*]')) {
      return { kind: 'list', members: [{ kind: 'project-values', of: CURRENT, each: CURRENT }] };
    }
    if (this.takes('[')) return this.list();
    if (this.takes('{')) return this.hash();
    if (this.next.kind === 'name') return this.expression(power);
    return this.unexpected(this.next);
  }

  /** What is done with each member of a projection. */
  private projection(power: number): Node {
    const { kind } = this.next;
    if ((POWER[kind] ?? 0) < PROJECTION_STOP) return CURRENT;
    if (kind === '[' || kind === '[?' || kind === '[*]') return this.expressionOn(power);
    if (!this.takes('.')) return this.unexpected(this.next);
    if (this.takes('*')) return { kind: 'project-values', of: CURRENT, each: this.projection(POWER['*']!) };
    return this.member(power);
  }

  private expressionOn(power: number): Node {
    let left: Node = CURRENT;
    while ((POWER[this.next.kind] ?? 0) > power) left = this.infix(left, this.take());
    return left;
  }

  /** `[0]`, or `[1:5:2]`, which projects. */
  private bracket(of: Node): Node {
    const parts: (number | null)[] = [this.number()];
    while (parts.length < 3 && this.takes(':')) parts.push(this.number());
    this.expect(']');
    const [start = null, stop = null, step = null] = parts;
    if (parts.length > 1) {
      const slice: Node = { kind: 'chain', left: of, right: { kind: 'slice', start, stop, step } };
      return { kind: 'project', of: slice, each: this.projection(POWER['*']!) };
    }
    if (start === null) return this.unexpected(this.next, 'number');
    return { kind: 'chain', left: of, right: { kind: 'index', index: start } };
  }

  private number(): number | null {
    const token = this.next;
    if (token.kind !== 'number') return null;
    this.position++;
    return token.value;
  }

  private list(): Node {
    const members: Node[] = [];
    do members.push(this.expression(0));
    while (this.takes(','));
    this.expect(']');
    return { kind: 'list', members };
  }

  private hash(): Node {
    const members: (readonly [string, Node])[] = [];
    do {
      const key = this.take();
      if (key.kind !== 'name') return this.unexpected(key, 'a name');
      this.expect(':');
      members.push([key.text, this.expression(0)]);
    } while (this.takes(','));
    this.expect('}');
    return { kind: 'hash', members };
  }

  private args(): Node[] {
    const args: Node[] = [];
    if (this.takes(')')) return args;
    do args.push(this.expression(0));
    while (this.takes(','));
    this.expect(')');
    return args;
  }
}

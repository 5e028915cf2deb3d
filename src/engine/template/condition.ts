import type { Position } from '../model/source.ts';
import { Deferred, type Scope, type Value } from '../model/value.ts';
import { loaderFor } from './files.ts';
import { compileBare, faultError } from './program.ts';
import { Frame } from './runtime/frame.ts';
import type { Evaluate } from './runtime/program.ts';
import { Run } from './runtime/run.ts';
import { explain, Template } from './template.ts';
import { defined } from './values/fail.ts';

interface Compiled {
  readonly evaluate: Evaluate;
  readonly mutates: boolean;
}

const CACHE_SIZE = 10_000;
const cache = new Map<string, Compiled>();

/** An expression without delimiters: a condition, the variable of `debug`. */
export class Condition extends Deferred {
  readonly text: string;
  readonly position: Position | undefined;
  private compiled: Compiled | undefined;
  private warned = false;

  constructor(text: string, position: Position | undefined) {
    super();
    this.text = text;
    this.position = position;
  }

  /** Compiles without evaluating. Throws TsplayError. */
  check(): void {
    if (this.text.includes('{%')) new Template(this.text, this.position).check();
    else this.compile();
  }

  evaluate(scope: Scope): Value {
    const value = this.value(scope);
    try {
      return defined(value);
    } catch (error) {
      throw explain(error, scope, this.text, this.position);
    }
  }

  /** Like `evaluate`, but gives an Undefined back instead of failing. */
  value(scope: Scope): Value {
    if (this.text.includes('{%')) return this.statement(scope);
    if (this.text.includes('{{')) this.warn(scope);
    const { evaluate, mutates } = this.compile();
    try {
      const run = new Run(scope, loaderFor(scope));
      if (mutates) run.copyVariables();
      return evaluate(new Frame(run));
    } catch (error) {
      throw explain(error, scope, this.text, this.position);
    }
  }

  /** A condition made of statements: what they print is its answer. */
  private statement(scope: Scope): Value {
    this.warn(scope);
    const value = new Template(this.text, this.position).evaluate(scope);
    const answer = typeof value === 'string' ? value.trim().toLowerCase() : '';
    return answer === 'true' || answer === 'false' ? answer === 'true' : value;
  }

  private warn(scope: Scope): void {
    if (this.warned) return;
    this.warned = true;
    scope.world.warn(
      `conditional statements should not include jinja2 templating delimiters such as {{ }} or {% %}. Found: ${this.text}`,
    );
  }

  private compile(): Compiled {
    if (this.compiled) return this.compiled;
    const known = cache.get(this.text);
    if (known) return (this.compiled = known);
    try {
      const compiled = compileBare(withoutDelimiters(this.text));
      if (cache.size >= CACHE_SIZE) cache.clear();
      cache.set(this.text, compiled);
      return (this.compiled = compiled);
    } catch (error) {
      throw faultError(error, this.text, this.position);
    }
  }
}

/**
 * Turns `{{ x }} == 'a'` into `(( x )) == 'a'` and `'{{ x }}' == 'a'` into `(( x )) == 'a'`, of equal length, so that
 * places stay true; `'a {{ x }}'` becomes `('a '~( x )~'')`.
 */
function withoutDelimiters(text: string): string {
  if (!text.includes('{{')) return text;
  return text
    .replace(/(['"])\{\{((?:(?!\}\}|\1)[\s\S])*)\}\}\1/g, ' (($2)) ')
    .replace(/(['"])((?:\\[\s\S]|(?!\1)[^\\])*)\1/g, joined)
    .replace(/\{\{([\s\S]*?)\}\}/g, '(($1))');
}

/** A text with expressions in it, as an expression. */
function joined(literal: string, quote: string): string {
  if (!literal.includes('{{')) return literal;
  return `(${literal.replace(/\{\{([\s\S]*?)\}\}/g, `${quote}~($1)~${quote}`)})`;
}

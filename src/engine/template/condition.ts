import type { Position } from '../model/source.ts';
import { Deferred, type Scope, Undefined, type Value } from '../model/value.ts';
import { answerOf } from './compile/inserted.ts';
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
  private template: Template | undefined;
  private warned = false;

  constructor(text: string, position: Position | undefined) {
    super();
    this.text = text;
    this.position = position;
  }

  /** Compiles without evaluating. Throws TsplayError. */
  check(): void {
    if (isWhole(this.text)) new Template(this.text, this.position).check();
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
    if (isWhole(this.text)) return this.whole(scope);
    if (this.text.includes('{{')) this.warn(scope);
    const { evaluate, mutates } = this.compile();
    try {
      const run = new Run(scope, loaderFor(scope), 'literal');
      if (mutates) run.copyVariables();
      return evaluate(new Frame(run));
    } catch (error) {
      throw explain(error, scope, this.text, this.position);
    }
  }

  /** A condition that is a template as a whole: what it results in is the answer. */
  private whole(scope: Scope): Value {
    this.warn(scope);
    this.template ??= new Template(this.text, this.position);
    const value = this.template.evaluate(scope);
    try {
      return answerOf(value, (name) => scope.get(name) ?? new Undefined(`'${name}' is undefined`));
    } catch (error) {
      throw explain(error, scope, this.text, this.position);
    }
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
      const compiled = compileBare(this.text);
      if (cache.size >= CACHE_SIZE) cache.clear();
      cache.set(this.text, compiled);
      return (this.compiled = compiled);
    } catch (error) {
      throw faultError(error, this.text, this.position);
    }
  }
}

/** Made of statements, or of one `{{ }}` and nothing else. */
function isWhole(text: string): boolean {
  return text.includes('{%') || /^\{\{(?:(?!\{\{)[\s\S])*\}\}$/.test(text);
}

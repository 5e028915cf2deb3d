import type { Position } from '../model/source.ts';
import { type ContentPlugins, Deferred, type Scope, Undefined, type Value } from '../model/value.ts';
import { answerOf } from './compile/inserted.ts';
import { loaderFor } from './files.ts';
import { faultOf, type LateName } from './late.ts';
import { type Bare, compileBare, faultError } from './program.ts';
import { Frame } from './runtime/frame.ts';
import { Run } from './runtime/run.ts';
import { explain, Template } from './template.ts';
import { defined, Nothing } from './values/fail.ts';

const CACHE_SIZE = 10_000;
const cache = new Map<string, Bare>();

/** An expression without delimiters: a condition, the variable of `debug`. */
export class Condition extends Deferred {
  readonly text: string;
  readonly position: Position | undefined;
  private compiled: Bare | undefined;
  private template: Template | undefined;
  private warned = false;

  constructor(text: string, position: Position | undefined) {
    super();
    this.text = text;
    this.position = position;
  }

  /** Compiles without evaluating. Throws TsplayError. */
  check(plugins?: ContentPlugins): void {
    const fault = faultOf(this.late(), plugins);
    if (fault) throw faultError(fault, this.text, this.position);
  }

  /** Filters and tests that are not built in. Throws TsplayError. */
  late(): readonly LateName[] {
    return isWhole(this.text) ? new Template(this.text, this.position).late() : this.compile().late;
  }

  evaluate(scope: Scope): Value {
    const value = this.value(scope);
    try {
      return value instanceof Nothing ? false : defined(value);
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

  private compile(): Bare {
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

import { Callable, Undefined, type Value } from '../model/value.ts';
import { equal } from './values/equal.ts';
import { fail } from './values/fail.ts';
import { TemplateObject } from './values/object.ts';
import { orElse } from './values/presence.ts';
import { pyRepr } from './values/repr.ts';

function notCallable(type: string): () => never {
  return () => fail(`'${type}' object is not callable`);
}

/** `namespace(...)`: the one object whose attributes `set` can change. */
export class Namespace extends TemplateObject {
  readonly typeName = 'Namespace';
  readonly values: Map<string, Value>;

  constructor(values: Map<string, Value>) {
    super('namespace', notCallable('Namespace'));
    this.values = values;
  }

  attribute(name: string): Value | undefined {
    return this.values.get(name);
  }

  override print(): string {
    return `<Namespace ${pyRepr(this.values as Map<Value, Value>)}>`;
  }
}

/** What `import` gives: the variables and macros at a template's top level. */
export class TemplateModule extends TemplateObject {
  readonly typeName = 'TemplateModule';
  private readonly exports: ReadonlyMap<string, Value>;
  private readonly text: string;

  constructor(exports: ReadonlyMap<string, Value>, text: string) {
    super('module', notCallable('TemplateModule'));
    this.exports = exports;
    this.text = text;
  }

  attribute(name: string): Value | undefined {
    return name.startsWith('_') ? undefined : this.exports.get(name);
  }

  override print(): string {
    return this.text;
  }
}

/** `loop` inside of a `for`. */
export class Loop extends TemplateObject {
  readonly typeName = 'LoopContext';
  index = 0;
  private readonly items: readonly Value[];
  private readonly depth: number;
  private last: Value[] | undefined;

  constructor(items: readonly Value[], depth: number, recurse: (items: Value) => Value) {
    super('loop', ([more = null]) => recurse(more));
    this.items = items;
    this.depth = depth;
  }

  attribute(name: string): Value | undefined {
    const { index, items } = this;
    switch (name) {
      case 'index':
        return index + 1;
      case 'index0':
        return index;
      case 'revindex':
        return items.length - index;
      case 'revindex0':
        return items.length - index - 1;
      case 'first':
        return index === 0;
      case 'last':
        return index === items.length - 1;
      case 'length':
        return items.length;
      case 'depth':
        return this.depth;
      case 'depth0':
        return this.depth - 1;
      case 'previtem':
        return index > 0 ? items[index - 1] : new Undefined('there is no previous item');
      case 'nextitem':
        return index + 1 < items.length ? items[index + 1] : new Undefined('there is no next item');
      case 'cycle':
        return new Callable('cycle', (args) =>
          orElse(args[index % args.length], () => fail('no items for cycling given')),
        );
      case 'changed':
        return new Callable('changed', (args) => this.changed(args));
      default:
        return undefined;
    }
  }

  private changed(values: Value[]): boolean {
    if (this.last && equal(this.last, values)) return false;
    this.last = values;
    return true;
  }
}

/** `cycler('a', 'b')`. */
export class Cycler extends TemplateObject {
  readonly typeName = 'Cycler';
  private at = 0;
  private readonly items: Value[];

  constructor(items: Value[]) {
    super('cycler', notCallable('Cycler'));
    this.items = items.length ? items : fail('at least one item has to be provided');
  }

  attribute(name: string): Value | undefined {
    if (name === 'current') return this.items[this.at];
    if (name === 'next') return new Callable('next', () => this.next());
    if (name === 'reset') return new Callable('reset', () => this.reset());
    return undefined;
  }

  private next(): Value {
    const value = this.items[this.at] ?? null;
    this.at = (this.at + 1) % this.items.length;
    return value;
  }

  private reset(): null {
    this.at = 0;
    return null;
  }
}

import { Callable, type Value } from '../../model/value.ts';

/** A value with attributes of its own that is neither data nor a plain function: `loop`, a namespace, a date. */
export abstract class TemplateObject extends Callable {
  /** Python's name of the type, for messages. */
  abstract readonly typeName: string;
  /** An attribute by name, or undefined (JS) where there is none. */
  abstract attribute(name: string): Value | undefined;

  /** How it prints; the default is like Python's `<... object>`. */
  print(): string {
    return `<${this.typeName} object>`;
  }
}

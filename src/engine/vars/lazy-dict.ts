import { LazyDict, type Value } from '../model/value.ts';

/** A dict whose entries are looked up when asked for; read-only. */
export class Lookup extends LazyDict {
  private readonly find: (key: Value) => Value | undefined;
  private readonly list: () => Iterable<Value>;

  constructor(list: () => Iterable<Value>, find: (key: Value) => Value | undefined) {
    super();
    this.list = list;
    this.find = find;
  }

  override get(key: Value): Value | undefined {
    return this.find(key);
  }

  override has(key: Value): boolean {
    for (const known of this.list()) if (known === key) return true;
    return false;
  }

  override get size(): number {
    return [...this.list()].length;
  }

  override *keys(): MapIterator<Value> {
    yield* this.list();
  }

  override *values(): MapIterator<Value> {
    for (const key of this.list()) yield this.find(key) ?? null;
  }

  override *entries(): MapIterator<[Value, Value]> {
    for (const key of this.list()) yield [key, this.find(key) ?? null];
  }

  override [Symbol.iterator](): MapIterator<[Value, Value]> {
    return this.entries();
  }

  override forEach(callback: (value: Value, key: Value, map: Map<Value, Value>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }
}

import type { Position } from '../model/source.ts';
import type { Value } from '../model/value.ts';

/** YAML with places. Scalars have their YAML 1.1 value as PyYAML reads it (`yes` is true, `0644` is 420). */
export type YamlNode = YamlMap | YamlSeq | YamlScalar;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: Value;
  readonly position: Position;
  /** Of the first character of quoted or block text, which stands behind the quote or below the `|`. */
  readonly textPosition?: Position | undefined;
  readonly tag?: 'vault' | 'unsafe' | undefined;
  /** Quoted or block text: never a boolean or number. */
  readonly quoted: boolean;
}

export interface YamlSeq {
  readonly kind: 'seq';
  readonly items: readonly YamlNode[];
  readonly position: Position;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly position: Position;
}

export interface YamlEntry {
  readonly key: Value;
  readonly keyPosition: Position;
  readonly node: YamlNode;
}

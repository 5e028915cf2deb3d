import type { Position } from '../model/source.ts';
import { type DuplicateKey, EntryList } from './entries.ts';
import type { Properties } from './properties.ts';
import type { Reader } from './reader.ts';
import { resolvePlain } from './resolve.ts';
import { tagMap, tagScalar, tagSeq } from './tags.ts';
import type { YamlMap, YamlNode, YamlSeq } from './types.ts';

/** Deeper nesting is refused, before it can exhaust the stack. */
const MAX_DEPTH = 400;
/** How many nodes aliases may stand for, all together: a few lines of them can mean billions. */
const MAX_ALIASED = 1_000_000;

interface Anchor {
  readonly node: YamlNode;
  /** Nodes in it, those that aliases stand for included. */
  readonly size: number;
}

/** Makes nodes of what was read: resolves tags and anchors, counts, and keeps the bounds of one document. */
export class Builder {
  readonly reader: Reader;
  private readonly onDuplicate: ((duplicate: DuplicateKey) => void) | undefined;
  private readonly anchors = new Map<string, Anchor>();
  private aliased = 0;
  private depth = 0;
  /** Nodes so far, those that aliases stand for included. */
  size = 0;

  constructor(reader: Reader, onDuplicate: ((duplicate: DuplicateKey) => void) | undefined) {
    this.reader = reader;
    this.onDuplicate = onDuplicate;
  }

  entryList(): EntryList {
    return new EntryList(this.onDuplicate);
  }

  descend(): void {
    if (++this.depth > MAX_DEPTH) this.reader.fail(`nested deeper than ${MAX_DEPTH} levels`);
  }

  ascend(): void {
    this.depth--;
  }

  scalar(
    text: string,
    quoted: boolean,
    position: Position,
    properties: Properties | undefined,
    // Behind the quote, unless it is a block.
    textPosition: Position | undefined = quoted ? { ...position, column: position.column + 1 } : undefined,
  ): YamlNode {
    this.size++;
    if (properties?.tag) {
      return this.remember(properties, tagScalar(this.reader, properties.tag, text, quoted, position), this.size - 1);
    }
    const value = quoted ? text : resolvePlain(text);
    return this.remember(properties, { kind: 'scalar', value, position, textPosition, quoted }, this.size - 1);
  }

  /** `start` is `size` before the collection was read. */
  collection(node: YamlMap | YamlSeq, properties: Properties | undefined, start: number): YamlNode {
    this.size++;
    const tag = properties?.tag;
    if (!tag) return this.remember(properties, node, start);
    const tagged = node.kind === 'seq' ? tagSeq(this.reader, tag, node) : tagMap(this.reader, tag, node);
    return this.remember(properties, tagged, start);
  }

  /** The node that `*name` stands for; nodes are shared, not copied. */
  alias(name: string, position: Position): YamlNode {
    const anchor = this.anchors.get(name);
    if (!anchor) {
      this.reader.fail(`no anchor "&${name}" before this alias`, 'quote the value if it is a plain text', position);
    }
    this.aliased += anchor.size;
    this.size += anchor.size;
    if (this.aliased > MAX_ALIASED) {
      this.reader.fail(`aliases stand for more than ${MAX_ALIASED} nodes, which is too much`, undefined, position);
    }
    return anchor.node;
  }

  private remember(properties: Properties | undefined, node: YamlNode, start: number): YamlNode {
    if (properties?.anchor !== undefined) this.anchors.set(properties.anchor, { node, size: this.size - start });
    return node;
  }
}

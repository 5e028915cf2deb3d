import type { Value } from '../../../model/value.ts';

export type Comparator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** An expression of JMESPath. Each is applied to the value that stands before it. */
export type Node =
  | { readonly kind: 'current' }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'index'; readonly index: number }
  | {
      readonly kind: 'slice';
      readonly start: number | null;
      readonly stop: number | null;
      readonly step: number | null;
    }
  | { readonly kind: 'chain'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'pipe'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'flatten'; readonly of: Node }
  | { readonly kind: 'project'; readonly of: Node; readonly each: Node }
  | { readonly kind: 'project-values'; readonly of: Node; readonly each: Node }
  | { readonly kind: 'filter'; readonly of: Node; readonly condition: Node; readonly each: Node }
  | { readonly kind: 'or' | 'and'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'compare'; readonly operator: Comparator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'list'; readonly members: readonly Node[] }
  | { readonly kind: 'hash'; readonly members: readonly (readonly [string, Node])[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'reference'; readonly to: Node };

import type { Value } from '../../model/value.ts';
import type { Operator } from '../values/arithmetic.ts';

/** Every node knows where it begins in the template's text. */
interface Node {
  readonly offset: number;
}

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

export interface Arguments {
  readonly args: readonly Expression[];
  readonly kwargs: readonly { readonly name: string; readonly value: Expression }[];
  /** `*rest` and `**rest`. */
  readonly spread?: Expression | undefined;
  readonly spreadNamed?: Expression | undefined;
}

export interface Name extends Node {
  readonly kind: 'name';
  readonly name: string;
}

export interface Attribute extends Node {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
}

export interface Call extends Node {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: Arguments;
}

/** `value` is undefined inside a filter block or `map('name')`-like uses, where the value comes from outside. */
export interface FilterNode extends Node {
  readonly kind: 'filter';
  readonly name: string;
  readonly value: Expression;
  readonly arguments: Arguments;
}

export interface TupleNode extends Node {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

export type Expression =
  | (Node & { readonly kind: 'constant'; readonly value: Value })
  /** A value that the surrounding statement holds ready: the body of a filter block. */
  | (Node & { readonly kind: 'body' })
  /** `{{ value }}` in a condition: what it prints stands there, as part of a string or as a literal. */
  | (Node & { readonly kind: 'inserted'; readonly value: Expression; readonly quoted: boolean })
  | Name
  | Attribute
  | Call
  | FilterNode
  | TupleNode
  | (Node & { readonly kind: 'item'; readonly object: Expression; readonly index: Expression })
  | (Node & {
      readonly kind: 'slice';
      readonly object: Expression;
      readonly start: Expression | undefined;
      readonly stop: Expression | undefined;
      readonly step: Expression | undefined;
    })
  | (Node & {
      readonly kind: 'test';
      readonly name: string;
      readonly negated: boolean;
      readonly value: Expression;
      readonly arguments: Arguments;
    })
  | (Node & { readonly kind: 'list'; readonly items: readonly Expression[] })
  | (Node & { readonly kind: 'dict'; readonly entries: readonly (readonly [Expression, Expression])[] })
  | (Node & { readonly kind: 'not' | 'negate' | 'positive'; readonly value: Expression })
  | (Node & { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression })
  | (Node & {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Node & { readonly kind: 'concat'; readonly parts: readonly Expression[] })
  | (Node & {
      readonly kind: 'compare';
      readonly first: Expression;
      readonly rest: readonly { readonly operator: Comparison; readonly value: Expression }[];
    })
  | (Node & {
      readonly kind: 'condition';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression | undefined;
    });

/** What `set` and `for` assign to. */
export type Target =
  | Name
  | (Node & { readonly kind: 'member'; readonly object: string; readonly name: string })
  | (Node & { readonly kind: 'targets'; readonly items: readonly Target[] });

export interface Parameter {
  readonly name: string;
  readonly fallback: Expression | undefined;
}

/** The parameters and body of a macro or call block. */
export interface MacroDefinition {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
}

export type Statement =
  | (Node & { readonly kind: 'text'; readonly text: string })
  | (Node & { readonly kind: 'output'; readonly value: Expression })
  | (Node & {
      readonly kind: 'if';
      readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[];
      readonly otherwise: readonly Statement[];
    })
  | (Node & {
      readonly kind: 'for';
      readonly target: Target;
      readonly items: Expression;
      readonly filter: Expression | undefined;
      readonly recursive: boolean;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    })
  | (Node & { readonly kind: 'set'; readonly target: Target; readonly value: Expression })
  | (Node & {
      readonly kind: 'set-block';
      readonly target: Target;
      readonly filter: Expression | undefined;
      readonly body: readonly Statement[];
    })
  | (Node & {
      readonly kind: 'with';
      readonly assignments: readonly { readonly target: Target; readonly value: Expression }[];
      readonly body: readonly Statement[];
    })
  | (Node & { readonly kind: 'macro'; readonly macro: MacroDefinition })
  | (Node & { readonly kind: 'call-block'; readonly call: Call; readonly caller: MacroDefinition })
  | (Node & { readonly kind: 'filter-block'; readonly filter: Expression; readonly body: readonly Statement[] })
  | (Node & {
      readonly kind: 'block';
      readonly name: string;
      readonly scoped: boolean;
      readonly required: boolean;
      readonly body: readonly Statement[];
    })
  | (Node & { readonly kind: 'extends'; readonly template: Expression })
  | (Node & {
      readonly kind: 'include';
      readonly template: Expression;
      readonly ignoreMissing: boolean;
      readonly withContext: boolean;
    })
  | (Node & {
      readonly kind: 'import';
      readonly template: Expression;
      readonly name: string;
      readonly withContext: boolean;
    })
  | (Node & {
      readonly kind: 'from-import';
      readonly template: Expression;
      readonly names: readonly { readonly name: string; readonly as: string }[];
      readonly withContext: boolean;
    })
  | (Node & { readonly kind: 'do'; readonly value: Expression })
  | (Node & { readonly kind: 'scope'; readonly body: readonly Statement[] })
  | (Node & { readonly kind: 'break' | 'continue' });

export type StatementOf<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;
export type ExpressionOf<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

/** Python's meaning of values: what filters, tests and lookups build on. */
export { arithmetic, negate, type Operator, positive } from './values/arithmetic.ts';
export { compare } from './values/compare.ts';
export { type DateParts, DateTime, TimeDelta } from './values/datetime.ts';
export { checkHashable, dictGet, dictHas, dictKey, dictSet, equal } from './values/equal.ts';
export { checkSize, defined, fail, failUndefined, MAX_SIZE } from './values/fail.ts';
export { reprFloat, roundHalfEven, toFixedEven } from './values/float.ts';
export { formatSpec } from './values/format-spec.ts';
export { namedTuple } from './values/named-tuple.ts';
export { TemplateObject } from './values/object.ts';
export { formatPercent } from './values/percent.ts';
export { orElse } from './values/presence.ts';
export { pyRepr, pyStr } from './values/repr.ts';
export { chars, contains, isIterable, itemAt, iterate, length, slice, textLength } from './values/sequence.ts';
export { sortValues } from './values/sort.ts';
export { strftime } from './values/strftime.ts';
export { capitalize, swapCase, titleCase } from './values/text.ts';
export { truthy } from './values/truth.ts';
export { isFloat, isInt, isNumeric, makeFloat, makeInt, toIndex, toNumber, typeName } from './values/types.ts';

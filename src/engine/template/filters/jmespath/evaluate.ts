import { Undefined, type Value } from '../../../model/value.ts';
import type { Budget } from '../../types.ts';
import { compare, dictGet, equal, failUndefined, isNumeric, itemAt, slice } from '../../values.ts';
import type { Comparator, Node } from './ast.ts';
import { callFunction } from './functions.ts';

/** The value of an expression; null where it names something that is not there. */
export function evaluatePath(node: Node, value: Value, budget: Budget): Value {
  const run = (next: Node, on: Value) => evaluatePath(next, on, budget);
  const projectEach = (items: readonly Value[], each: Node) =>
    items.map((item) => run(each, item)).filter((item) => item !== null);
  budget.step();
  switch (node.kind) {
    case 'current':
      return value;
    case 'field':
      if (value instanceof Undefined) return failUndefined(value);
      return value instanceof Map ? (dictGet(value, node.name) ?? null) : null;
    case 'literal':
      return node.value;
    case 'index':
      return Array.isArray(value) ? (itemAt(value, node.index) ?? null) : null;
    case 'slice':
      return Array.isArray(value) ? slice(value, node.start, node.stop, node.step) : null;
    case 'chain': {
      const left = run(node.left, value);
      return left === null ? null : run(node.right, left);
    }
    case 'pipe':
      return run(node.right, run(node.left, value));
    case 'flatten': {
      const list = run(node.of, value);
      return Array.isArray(list) ? list.flat() : null;
    }
    case 'project': {
      const list = run(node.of, value);
      return Array.isArray(list) ? projectEach(list, node.each) : null;
    }
    case 'project-values': {
      const dict = run(node.of, value);
      return dict instanceof Map ? projectEach([...dict.values()], node.each) : null;
    }
    case 'filter': {
      const list = run(node.of, value);
      if (!Array.isArray(list)) return null;
      return projectEach(
        list.filter((item) => isTrue(run(node.condition, item))),
        node.each,
      );
    }
    case 'or': {
      const left = run(node.left, value);
      return isTrue(left) ? left : run(node.right, value);
    }
    case 'and': {
      const left = run(node.left, value);
      return isTrue(left) ? run(node.right, value) : left;
    }
    case 'not':
      return !isTrue(run(node.of, value));
    case 'compare':
      return compareWith(node.operator, run(node.left, value), run(node.right, value));
    case 'list':
      return value === null ? null : node.members.map((member) => run(member, value));
    case 'hash':
      return value === null
        ? null
        : new Map<Value, Value>(node.members.map(([name, member]) => [name, run(member, value)]));
    case 'call': {
      const args = node.args.map((arg) =>
        arg.kind === 'reference' ? (item: Value) => run(arg.to, item) : run(arg, value),
      );
      return callFunction(node.name, args);
    }
    case 'reference':
      return null;
  }
}

/** JMESPath's truth: zero is true. */
function isTrue(value: Value): boolean {
  if (value === null || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !(value instanceof Map) || value.size > 0;
}

/** Numbers have an order, and so have texts; between anything else the answer is null. */
function compareWith(operator: Comparator, a: Value, b: Value): Value {
  if (operator === '==') return sameType(a, b) && equal(a, b);
  if (operator === '!=') return !(sameType(a, b) && equal(a, b));
  if (!(isNumber(a) && isNumber(b)) && !(typeof a === 'string' && typeof b === 'string')) return null;
  const order = compare(a, b);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** In JSON, true is not 1. */
function sameType(a: Value, b: Value): boolean {
  return (typeof a === 'boolean') === (typeof b === 'boolean');
}

function isNumber(value: Value): boolean {
  return isNumeric(value) && typeof value !== 'boolean';
}

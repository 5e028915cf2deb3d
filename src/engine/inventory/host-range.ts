import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import { type Address, parseAddress } from './address.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** A range that names more hosts than this is a slip of the keyboard. */
const MAX_HOSTS = 1_000_000;

/** The hosts that an entry of an inventory names, and their port: `web[01:10:2]:2222`. Throws TsplayError. */
export function expandHosts(entry: string, position: Position): { names: string[]; port: number | undefined } {
  const { host, port }: Address = parseAddress(entry) ?? { host: entry, port: undefined };
  return { names: expandRanges(host, position), port };
}

/** `[a:f]`, `[1:9]` and `[01:10:2]` in a name stand for each of their members, the first range turning slowest. */
function expandRanges(name: string, position: Position): string[] {
  const open = name.indexOf('[');
  if (open < 0) return [name];
  const close = name.indexOf(']', open);
  if (close < 0) fail(`"[" without "]" in host "${name}"`, position);
  const members = rangeMembers(name.slice(open + 1, close), position);
  const tails = expandRanges(name.slice(close + 1), position);
  if (members.length * tails.length > MAX_HOSTS) fail(`host range "${name}" names too many hosts`, position);
  const head = name.slice(0, open);
  return members.flatMap((member) => tails.map((tail) => head + member + tail));
}

function rangeMembers(range: string, position: Position): string[] {
  const bounds = range.split(':');
  if (bounds.length !== 2 && bounds.length !== 3) fail('host range must be begin:end or begin:end:step', position);
  const [begin = '', end = '', stepText = '1'] = bounds;
  if (end === '') fail('host range must specify end value', position);
  const step = Number(stepText);
  if (!/^\d+$/.test(stepText) || step === 0) fail(`"${stepText}" is no step of a host range`, position);
  const letters = [LETTERS.indexOf(begin || '0'), LETTERS.indexOf(end)] as const;
  if (letters[0] >= 0 && letters[1] >= 0) {
    if (letters[0] > letters[1]) fail('host range must have begin <= end', position);
    return count(letters[0], letters[1], step, position).map((at) => LETTERS[at]!);
  }
  if (!/^\d*$/.test(begin) || !/^\d+$/.test(end)) fail(`"[${range}]" is no range of numbers or letters`, position);
  const width = begin.startsWith('0') && begin.length > 1 ? begin.length : 0;
  if (width > 0 && width !== end.length) fail('host range must specify equal-length begin and end formats', position);
  return count(Number(begin), Number(end), step, position).map((number) => String(number).padStart(width, '0'));
}

function count(from: number, to: number, step: number, position: Position): number[] {
  const length = Math.max(0, Math.floor((to - from) / step) + 1);
  if (length > MAX_HOSTS) fail('the host range names too many hosts', position);
  return Array.from({ length }, (_, at) => from + at * step);
}

function fail(message: string, position: Position): never {
  throw new TsplayError('inventory', message, { position, hint: 'write a range as name[1:9] or name[a:f]' });
}

import { TsplayError } from '../../model/errors.ts';
import type { Value } from '../../model/value.ts';
import { pyStr } from '../../template/values.ts';

/** A `mode` argument: the number itself, a change to the current one, or that of the source. */
export type ModeSpec =
  | { readonly kind: 'octal'; readonly bits: number }
  | { readonly kind: 'symbolic'; readonly clauses: readonly Clause[] }
  | { readonly kind: 'preserve' };

interface Clause {
  readonly who: string;
  readonly operator: '+' | '-' | '=';
  readonly permissions: string;
}

/** What a symbolic mode is worked out against. */
export interface ModeBase {
  readonly mode: number;
  readonly directory: boolean;
  readonly umask: number;
}

/**
 * Reads `mode`: text in octal, a number as YAML gives it (0644 has arrived as 420), `u+rwX,g-w`, or `preserve`.
 * Undefined when not given. Throws TsplayError with Ansible's message.
 */
export function parseMode(value: Value): ModeSpec | undefined {
  if (value === null) return undefined;
  if (typeof value === 'number') return { kind: 'octal', bits: value };
  const text = pyStr(value);
  if (text === 'preserve') return { kind: 'preserve' };
  const [, digits] = /^\s*(?:0o)?([0-7]+)\s*$/i.exec(text) ?? [];
  if (digits !== undefined) return { kind: 'octal', bits: Number.parseInt(digits, 8) };
  return { kind: 'symbolic', clauses: text.split(',').flatMap(parseClauses) };
}

/** `ug=rw+X`: one or more operators after the same users. */
function parseClauses(part: string): Clause[] {
  const [, who = '', rest] = /^([ugo]*|a)((?:[-+=][rwxXstugo]*)+)$/.exec(part) ?? [];
  if (rest === undefined) {
    throw new TsplayError('module', 'mode must be in octal or symbolic form', {
      hint: `bad symbolic permission for mode: ${part}`,
    });
  }
  return [...rest.matchAll(/([-+=])([rwxXstugo]*)/g)].map((match) => ({
    who,
    operator: match[1] as Clause['operator'],
    permissions: match[2] ?? '',
  }));
}

/** The number a mode comes to. `preserve` has to be answered by the caller, who knows the source. */
export function resolveMode(spec: ModeSpec, base: ModeBase): number {
  if (spec.kind === 'octal') return spec.bits;
  if (spec.kind === 'preserve') return base.mode;
  let mode = base.mode & 0o7777;
  for (const clause of spec.clauses) mode = applyClause(mode, clause, base);
  return mode;
}

/** Whether the umask has a say: a clause without users leaves out what it masks. */
export function needsUmask(spec: ModeSpec | undefined): boolean {
  return spec?.kind === 'symbolic' && spec.clauses.some((clause) => clause.who === '');
}

const shifts = { u: 6, g: 3, o: 0 } as const;
type Who = keyof typeof shifts;

function applyClause(mode: number, { who, operator, permissions }: Clause, base: ModeBase): number {
  const users: Who[] = who === '' || who === 'a' ? ['u', 'g', 'o'] : ([...new Set(who)] as Who[]);
  let result = mode;
  for (const user of users) {
    const bits = bitsFor(user, permissions, result, base, who === '');
    if (operator === '+') result |= bits;
    else if (operator === '-') result &= ~bits;
    else result = (result & ~clearedBy(user)) | bits;
  }
  return result;
}

/** What `=` takes away first. The sticky bit belongs to nobody and goes with `o`. */
function clearedBy(user: Who): number {
  return { u: 0o4700, g: 0o2070, o: 0o1007 }[user];
}

function bitsFor(user: Who, permissions: string, mode: number, base: ModeBase, masked: boolean): number {
  const shift = shifts[user];
  const kept = masked ? ~base.umask : ~0;
  let bits = 0;
  for (const letter of permissions) {
    if (letter === 'r') bits |= (4 << shift) & kept;
    else if (letter === 'w') bits |= (2 << shift) & kept;
    else if (letter === 'x') bits |= (1 << shift) & kept;
    else if (letter === 'X') bits |= base.directory || mode & 0o111 ? 1 << shift : 0;
    else if (letter === 's') bits |= { u: 0o4000, g: 0o2000, o: 0 }[user];
    else if (letter === 't') bits |= user === 'o' ? 0o1000 : 0;
    else if (letter in shifts) bits |= ((mode >> shifts[letter as Who]) & 7) << shift;
  }
  return bits;
}

/** As results show it: `0644`. */
export function modeText(mode: number): string {
  return `0${mode.toString(8).padStart(3, '0')}`;
}

import type { Palette, Shade } from '../../engine/output/ansible/paint.ts';
import type { Env } from './config.ts';

/** SGR parameters of the colours that Ansible has names for. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['black', '0;30'],
  ['bright gray', '0;37'],
  ['blue', '0;34'],
  ['white', '1;37'],
  ['green', '0;32'],
  ['bright blue', '1;34'],
  ['cyan', '0;36'],
  ['bright green', '1;32'],
  ['red', '0;31'],
  ['bright cyan', '1;36'],
  ['purple', '0;35'],
  ['bright red', '1;31'],
  ['yellow', '0;33'],
  ['bright purple', '1;35'],
  ['dark gray', '1;30'],
  ['bright yellow', '1;33'],
  ['magenta', '0;35'],
  ['bright magenta', '1;35'],
  ['normal', '0'],
]);

const SETTINGS: readonly (readonly [setting: string, shade: Shade])[] = [
  ['CHANGED', 'changed'],
  ['DEBUG', 'debug'],
  ['DEPRECATE', 'deprecated'],
  ['DIFF_ADD', 'added'],
  ['DIFF_LINES', 'hunk'],
  ['DIFF_REMOVE', 'removed'],
  ['ERROR', 'failed'],
  ['INCLUDED', 'included'],
  ['OK', 'ok'],
  ['SKIP', 'skipped'],
  ['UNREACHABLE', 'unreachable'],
  ['VERBOSE', 'verbose'],
  ['WARN', 'warning'],
];

/** The colours that settings name; what cannot be understood keeps Ansible's. */
export function paletteOf(env: Env): Palette {
  const said = SETTINGS.flatMap(([setting, shade]) => {
    const code = codeOf(env[`ANSIBLE_COLOR_${setting}`] ?? '');
    return code === undefined ? [] : [[shade, code] as const];
  });
  return Object.fromEntries(said);
}

function codeOf(text: string): string | undefined {
  const named = NAMED.get(text);
  if (named !== undefined) return named;
  const [, red, green, blue] = /^rgb([0-5])([0-5])([0-5])$/.exec(text) ?? [];
  if (red !== undefined) return `38;5;${16 + 36 * Number(red) + 6 * Number(green) + Number(blue)}`;
  const gray = /^gray(\d{1,2})$/.exec(text)?.[1];
  if (gray !== undefined) return `38;5;${232 + Number(gray)}`;
  const number = /^color(\d{1,3})$/.exec(text)?.[1];
  return number === undefined ? undefined : `38;5;${number}`;
}

import type { Dict, Value } from '../../model/value.ts';
import { dumpJson } from '../../template/filters/json/dump.ts';

const HIDDEN = new Set(['failed', 'skipped', 'invocation', 'diff', 'warnings', 'deprecations', 'exception']);
const DEBUG_SHOWN = new Set(['msg', 'exception']);

/** A result as Ansible's default callback shows it: `{"changed": false, "msg": "..."}`. */
export function dumpResult(result: Dict, { verbosity = 0, indent = false } = {}): string {
  const shown = new Map<Value, Value>();
  for (const [key, value] of result) {
    const name = String(key);
    if (name.startsWith('_ansible_') || (HIDDEN.has(name) && !(name === 'invocation' && verbosity > 2))) continue;
    shown.set(key, value);
  }
  return dumpJson(shown, { sortKeys: true, ensureAscii: false, indent: indent || verbosity > 2 ? 4 : undefined });
}

/** `debug` shows its message or variable and nothing else. */
export function dumpDebug(result: Dict): string {
  const keys = [...result.keys()].map(String);
  const shown = new Map<Value, Value>();
  for (const [key, value] of result) {
    const name = String(key);
    if (keys.includes('msg') ? DEBUG_SHOWN.has(name) : !HIDDEN.has(name) && name !== 'changed' && !name.startsWith('_'))
      shown.set(key, value);
  }
  return dumpJson(shown, { sortKeys: true, ensureAscii: false, indent: 4 });
}

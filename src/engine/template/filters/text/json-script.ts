import type { Value } from '../../../model/value.ts';
import { toIndex } from '../../values.ts';
import { dumpJson } from '../json/dump.ts';

/** JSON that may stand in a script element: sorted keys, and no sign that HTML knows. */
export function toJsonScript(value: Value, indent: Value): string {
  const text = dumpJson(value, { sortKeys: true, indent: indent === null ? undefined : toIndex(indent) });
  return text.replace(/[<>&']/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

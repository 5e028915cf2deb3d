import type { Block, Role } from '../model/playbook.ts';
import { Deferred, type Raw } from '../model/value.ts';

/** Names one use of a role: the same role with the same parameters, tags and conditions runs once a host. */
export function roleKey(role: Role, block: Block): string {
  const { when, tags } = block.keywords;
  return [role.path, shape([...role.params].flat() as Raw[]), shape(when ?? []), shape(tags ?? [])].join('\0');
}

function shape(raw: Raw): string {
  if (raw instanceof Deferred) return `{{${raw.text}}}`;
  if (Array.isArray(raw)) return `[${raw.map(shape).join(',')}]`;
  if (raw instanceof Map) return `{${[...raw].map(([key, value]) => `${String(key)}:${shape(value)}`).join(',')}}`;
  return `${typeof raw}:${String(raw)}`;
}

import { realpathSync } from 'node:fs';
import { Deferred, type Raw } from '../model/value.ts';
import type { RoleUse } from './site.ts';
import { textOf } from './yaml-access.ts';

/** A text that is equal for two uses of a role that Ansible takes for the same. */
export function identityOf(path: string, use: RoleUse): string {
  const { when = [], tags = [] } = use.keywords;
  const { tasks, vars, defaults, handlers } = use.from;
  const files = [tasks, vars, defaults, handlers].map((file) => file ?? null);
  const parts: Raw[] = [
    realpathSync(path),
    use.included,
    files,
    when,
    tags,
    use.params as Raw,
    new Map(use.vars ?? []),
  ];
  return JSON.stringify(parts.map(plain));
}

type Json = null | boolean | number | string | Json[];

/** Values as JSON that keeps their kinds apart; a template counts as its text. */
function plain(raw: Raw): Json {
  if (raw instanceof Deferred) return ['template', raw.text];
  if (Array.isArray(raw)) return ['list', ...raw.map(plain)];
  if (raw instanceof Map) return ['dict', ...[...raw].map(([key, value]): Json => [plain(key), plain(value)])];
  if (raw === null || typeof raw === 'boolean' || typeof raw === 'number' || typeof raw === 'string') return raw;
  return textOf(raw);
}

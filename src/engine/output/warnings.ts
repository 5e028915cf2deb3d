import type { Dict, Value } from '../model/value.ts';

/** What a result warns of, as sentences. */
export function warningsOf(result: Dict): { readonly warnings: string[]; readonly deprecations: string[] } {
  return {
    warnings: listOf(result.get('warnings')).map(String),
    deprecations: listOf(result.get('deprecations')).map(deprecation),
  };
}

function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

function deprecation(value: Value): string {
  if (!(value instanceof Map)) return String(value);
  const message = String(value.get('msg') ?? '').trim();
  const version = value.get('version');
  return typeof version === 'string' ? `${message} (to be removed in version ${version})` : message;
}

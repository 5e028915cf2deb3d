import { pyStr } from '../../../engine/template/values.ts';
import type { SettingSpec } from '../spec.ts';

/** An ansible.cfg that says every default, for `config init`; with `disabled` behind remarks. */
export function sampleFile(specs: readonly SettingSpec[], disabled: boolean): string {
  const sections = new Map<string, string[]>();
  for (const spec of specs) {
    const place = spec.ini[0];
    if (place === undefined || spec.treatment !== 'acted') continue;
    const dot = place.indexOf('.');
    const section = place.slice(0, dot);
    const line = `${disabled ? ';' : ''}${place.slice(dot + 1)}=${textOf(spec)}`;
    sections.set(section, [...(sections.get(section) ?? []), `# (${spec.kind}) ${spec.doc}`, line, '']);
  }
  return [...sections].map(([name, lines]) => `[${name}]\n${lines.join('\n')}`).join('\n');
}

/** The same as variables of the environment. */
export function sampleEnvironment(specs: readonly SettingSpec[], disabled: boolean): string {
  return specs
    .filter(({ env, treatment }) => env.length > 0 && treatment === 'acted')
    .map((spec) => `# ${spec.name}(${spec.kind}): ${spec.doc}\n${disabled ? '#' : ''}${spec.env[0]}=${textOf(spec)}\n`)
    .join('\n');
}

function textOf({ fallback, kind }: SettingSpec): string {
  if (fallback === null) return '';
  if (Array.isArray(fallback)) return fallback.map(pyStr).join(kind === 'paths' ? ':' : ',');
  return pyStr(fallback);
}

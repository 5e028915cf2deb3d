import { nearest } from '../../engine/playbook/suggest.ts';
import type { Env } from '../run/config.ts';
import { convertSetting } from './convert.ts';
import { variableOf } from './spec.ts';
import { SETTINGS } from './table/index.ts';

const KNOWN_KEYS = new Set(SETTINGS.flatMap(({ ini }) => ini));
const KNOWN_SECTIONS = new Set([...KNOWN_KEYS].map((key) => key.slice(0, key.indexOf('.'))));
const KNOWN_VARIABLES = new Set(SETTINGS.flatMap(({ env }) => env));
/** Sections of plugins that are not built in: what they say is the plugins' affair. */
const OF_PLUGINS =
  /^(?:callback|inventory|lookup|connection|become|cache|vars|galaxy_server|winrm|psrp|persistent)|_plugin/;

/** Keys of an ansible.cfg that mean nothing, each with the one that may be meant. */
export function unknownKeys(file: string, sections: ReadonlyMap<string, ReadonlyMap<string, unknown>>): string[] {
  return [...sections].flatMap(([section, keys]) => {
    if (OF_PLUGINS.test(section) && !KNOWN_SECTIONS.has(section)) return [];
    if (!KNOWN_SECTIONS.has(section)) {
      return [`${file}: section [${section}] is not known${meant(section, KNOWN_SECTIONS)}; it is passed over`];
    }
    const known = [...KNOWN_KEYS].filter((key) => key.startsWith(`${section}.`)).map((key) => key.split('.')[1]!);
    const strange = [...keys.keys()].filter((key) => !KNOWN_KEYS.has(`${section}.${key}`));
    return strange.map((key) => `${file}: ${key} in [${section}] is not known${meant(key, known)}; it is passed over`);
  });
}

/** Variables that look like a setting with a slip of the pen; others may be the user's own. */
export function misspeltVariables(env: Env): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('ANSIBLE_') && !KNOWN_VARIABLES.has(name) && !OWN.test(name))
    .flatMap((name) => {
      const known = nearest(name, KNOWN_VARIABLES);
      return known && isSlip(name, known) ? [`${name} is not known; did you mean ${known}?`] : [];
    });
}

const OWN = /^ANSIBLE_(?:CONFIG$|TEST_|LINT_|DEV_|LOOKUP_|GALAXY_SERVER_|CALLBACK_|INVENTORY_PLUGIN_)/;

/** As long as the known name, give or take a letter: `ANSIBLE_FORK`, and not `ANSIBLE_USER`. */
function isSlip(name: string, known: string): boolean {
  return Math.abs(name.length - known.length) <= 1 && name.slice(0, 10) === known.slice(0, 10);
}

/** Settings that cannot be had, where they ask for anything but Ansible's default. */
export function refusedSettings(env: Env): string[] {
  return SETTINGS.filter(({ treatment }) => treatment === 'refused').flatMap((spec) => {
    const variable = variableOf(spec);
    const text = env[variable];
    if (text === undefined) return [];
    const same = JSON.stringify(convertSetting(spec, text, variable)) === JSON.stringify(spec.fallback);
    return same ? [] : [`${variable} (${spec.ini[0] ?? spec.name}) has no effect: ${spec.doc}`];
  });
}

function meant(name: string, known: Iterable<string>): string {
  const found = nearest(name, known);
  return found === undefined ? '' : ` (did you mean ${found}?)`;
}

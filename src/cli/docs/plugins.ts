import { FILTER_FILES } from '../../engine/template/filters/index.ts';
import { LOOKUP_FILES } from '../../engine/template/lookups/index.ts';
import { hasPlugin } from '../../engine/template/registry.ts';
import { TEST_FILES } from '../../engine/template/tests/index.ts';
import type { Page } from './page.ts';

export type PluginKind = 'filter' | 'test' | 'lookup';

const FILES: Readonly<Record<PluginKind, readonly object[]>> = {
  filter: FILTER_FILES,
  test: TEST_FILES,
  lookup: LOOKUP_FILES,
};

/** Short names of all plugins of a kind, sorted. */
export function pluginNames(kind: PluginKind): string[] {
  return [...new Set(FILES[kind].flatMap(Object.keys))].sort();
}

/** What there is to say of a plugin that works by the documentation of Ansible or Jinja2. */
export function pluginPage(kind: PluginKind, name: string): Page | undefined {
  if (!hasPlugin(kind, name)) return undefined;
  const full = name.includes('.') ? name : `ansible.builtin.${name}`;
  const [namespace, collection, short] = full.split('.');
  return {
    kind: kind.toUpperCase(),
    name: full,
    text: `The ${kind} ${short} is built in, and works as its documentation says.`,
    options: [],
    notes: [`https://docs.ansible.com/ansible/latest/collections/${namespace}/${collection}/${short}_${kind}.html`],
    examples: undefined,
  };
}

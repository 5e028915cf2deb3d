// What a role asks of the program that runs it, as its files and those of the roles that it uses say.
import { resolve } from 'node:path';
import { loadSource } from './load-source.mjs';

const { ContentReader, actionTable, findTargets, hasPlugin, lintPaths, onlyTsplay, resolveAction } = await loadSource(
  'src/engine/lint/lint.ts',
  'src/engine/lint/read/reader.ts',
  'src/engine/lint/read/targets.ts',
  'src/engine/lint/rules/only-tsplay.ts',
  'src/engine/modules/registry.ts',
  'src/engine/template/registry.ts',
);

const reading = {
  actions: actionTable,
  hasLookup: (name) => hasPlugin('lookup', name),
  rolePaths: [resolve('roles')],
  collectionsPaths: [],
};

/** `features` of tsplay with the files that use them, and `collections` beside ansible.builtin; both sorted. */
export async function readNeeds(role) {
  const findings = await lintPaths([`roles/${role}`], { reading, rules: [onlyTsplay] });
  const features = new Map();
  for (const { message, position } of findings) {
    const what = message.replace(/^.*?: /, '');
    features.set(what, (features.get(what) ?? new Set()).add(position.file));
  }
  return {
    features: [...features].sort().map(([what, files]) => ({ what, files: [...files].sort() })),
    collections: collectionsOf(role),
  };
}

function collectionsOf(role) {
  const content = new ContentReader(reading);
  for (const target of findTargets([`roles/${role}`])) content.read(target);
  const found = content.tasks.map(({ task }) => resolveAction(task.action)?.collection ?? 'ansible.builtin');
  return [...new Set(found)].filter((name) => !/^(ansible|tsplay)\.builtin$/.test(name)).sort();
}

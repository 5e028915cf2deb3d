import { homedir } from 'node:os';
import { join } from 'node:path';
import { pyRepr } from '../../engine/template/values.ts';
import { parseOptions } from '../options.ts';
import { LANGUAGE_VERSION, VERSION } from '../version.ts';
import { readConfig } from './config.ts';
import { readSettings } from './settings.ts';

/** What a command of Ansible's says of its version, in the lines that scripts look for. */
export function versionText(command: string): string {
  const { env, file } = readConfig(process.env);
  const { collectionsPaths, contentFolders } = readSettings(parseOptions([], {}), env);
  const modules = or(contentFolders.kinds?.library ?? [], [
    join(homedir(), '.ansible/plugins/modules'),
    '/usr/share/ansible/plugins/modules',
  ]);
  const collections = or(collectionsPaths, [join(homedir(), '.ansible/collections'), '/usr/share/ansible/collections']);
  return `${command} [core ${LANGUAGE_VERSION}] (tsplay ${VERSION})
  config file = ${file ?? 'None'}
  configured module search path = ${pyRepr([...modules])}
  ansible collection location = ${collections.join(':')}
  executable location = ${process.argv[1] ?? command}
`;
}

function or(paths: readonly string[], defaults: readonly string[]): readonly string[] {
  return paths.length > 0 ? paths : defaults;
}

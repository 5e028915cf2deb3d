import { resolve } from 'node:path';
import type { RunSettings } from '../../engine/vars/frame.ts';
import { LANGUAGE_VERSION } from '../version.ts';

import type { Prepared } from './prepare.ts';

/** What of the settings variables and the executor see. */
export function runSettings(
  { settings, config }: Pick<Prepared, 'settings' | 'config'>,
  password?: string,
): RunSettings {
  return {
    checkMode: settings.checkMode,
    diffMode: settings.diffMode,
    forks: settings.forks,
    limit: settings.limit,
    tags: settings.tags,
    skipTags: settings.skipTags,
    verbosity: settings.verbosity,
    inventorySources: settings.inventory.map((source) => (source.includes(',') ? source : resolve(source))),
    version: LANGUAGE_VERSION,
    connection: settings.connection.connection ?? 'ssh',
    strategy: settings.strategy,
    gathering: settings.gathering,
    noLog: settings.noLog,
    anyErrorsFatal: settings.anyErrorsFatal,
    debuggerEnabled: settings.debuggerEnabled,
    debuggerIgnoresErrors: settings.debuggerIgnoresErrors,
    pollInterval: settings.pollInterval,
    asyncDir: settings.asyncDir,
    taskTimeout: settings.taskTimeout,
    password,
    configFile: config.file,
  };
}

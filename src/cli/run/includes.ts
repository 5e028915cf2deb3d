import type { RunContext } from '../../engine/executor/context.ts';
import { findModuleSource, loadIncludedRole, loadTasksFile } from '../../engine/playbook/dynamic.ts';
import type { Prepared } from './prepare.ts';

/** What a run reads while it goes on; plugins that a role brings are there before its tasks run. */
export function includes({ loader, plugins }: Pick<Prepared, 'loader' | 'plugins'>): RunContext['loader'] {
  return {
    script: (path) => plugins.script(path),
    moduleSource: (name, play, task) => findModuleSource(name, { loader, play, task }),
    tasksFile: async (name, play, task) => {
      const found = loadTasksFile(name, { loader, play, task });
      await plugins.load();
      return found;
    },
    role: async (name, play, task, options) => {
      const found = loadIncludedRole(
        name,
        { loader, play, task },
        {
          from: {
            tasks: options.tasksFrom,
            vars: options.varsFrom,
            defaults: options.defaultsFrom,
            handlers: options.handlersFrom,
          },
          public: options.public,
          allowDuplicates: options.allowDuplicates,
        },
      );
      await plugins.load();
      return found;
    },
  };
}

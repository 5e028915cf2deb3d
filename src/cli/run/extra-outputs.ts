import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Event } from '../../engine/model/event.ts';
import { Profile, type ProfileOptions } from '../../engine/output/extras/profile.ts';
import { Timer } from '../../engine/output/extras/timer.ts';
import { JunitOutput } from '../../engine/output/junit.ts';
import type { Sink } from '../../engine/output/sink.ts';
import { expandHome } from '../settings/convert.ts';
import type { Env } from './config.ts';

interface Listener {
  handle(event: Event): void;
}

/** Callbacks that say nothing which is not said here anyway. */
const SILENT = new Set(['default', 'minimal', 'tree']);

/** What `callbacks_enabled` adds to the output. One that is not built in is told to `warn`. */
export function extraOutputs(env: Env, sink: Sink, warn: (message: string) => void): Listener[] {
  const names = (env['ANSIBLE_CALLBACKS_ENABLED'] ?? '').split(',').map((name) => name.trim());
  return [...new Set(names)].filter(Boolean).flatMap((name) => {
    const short = name.split('.').at(-1)!;
    switch (short) {
      case 'timer':
        return [new Timer(sink)];
      case 'profile_tasks':
        return [new Profile(sink, { by: 'task', ...profileOptions(env) })];
      case 'profile_roles':
        return [new Profile(sink, { by: 'role', order: 'descending', limit: Number.POSITIVE_INFINITY })];
      case 'junit':
        return [junitFile(env, sink)];
      default:
        if (!SILENT.has(short)) warn(`the callback '${name}' is not built in; callbacks in Python are not run`);
        return [];
    }
  });
}

function profileOptions(env: Env): Omit<ProfileOptions, 'by'> {
  const limit = Number(env['PROFILE_TASKS_TASK_OUTPUT_LIMIT'] ?? 20);
  const order = env['PROFILE_TASKS_SORT_ORDER'];
  return {
    order: order === 'ascending' || order === 'none' ? order : 'descending',
    limit: Number.isInteger(limit) ? limit : Number.POSITIVE_INFINITY,
  };
}

/** A report of the run in a file of its own, named after the playbook and the time. */
function junitFile(env: Env, sink: Sink): Listener {
  const folder = expandHome(env['JUNIT_OUTPUT_DIR'] ?? '~/.ansible.log');
  let name = 'playbook';
  const write = (text: string) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}-${Date.now() / 1000}.xml`), text);
  };
  const report = new JunitOutput({ ...sink, out: write, err: () => {} });
  return {
    handle(event) {
      const path = event.type === 'run-start' ? event.playbooks[0]?.path : undefined;
      if (path) name = basename(path, extname(path));
      report.handle(event);
    },
  };
}

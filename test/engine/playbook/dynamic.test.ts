import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Block, Task } from '../../../src/engine/model/playbook.ts';
import { loadIncludedRole, loadTasksFile } from '../../../src/engine/playbook/dynamic.ts';
import { Loader } from '../../../src/engine/playbook/loader.ts';
import { loadPlaybook } from '../../../src/engine/playbook/playbook.ts';
import { optionsFor, outline, tasksOf, withFiles } from './fixture.ts';

const TASK = '- {name: inner, ping: }\n';

/** Loads a play of one include task, and what `load` gives for it. */
function including<Result>(
  files: Record<string, string>,
  include: (context: Parameters<typeof loadTasksFile>[1]) => Result,
): Result {
  return withFiles(files, (folder) => {
    const loader = new Loader(optionsFor(folder));
    const [play] = loadPlaybook(join(folder, 'site.yml'), loader);
    const task = [...play!.roles, play!.tasks].flatMap(tasksOf)[0]!;
    return include({ loader, play: play!, task });
  });
}

const site = (task: string): Record<string, string> => ({ 'site.yml': `- hosts: all\n  tasks:\n    - ${task}\n` });

test('an included file stands below its task, under the keywords of apply', () => {
  const { block, task } = including(
    { ...site('include_tasks: {file: a.yml, apply: {tags: t}}\n      when: c'), 'a.yml': TASK },
    (context) => ({ ...loadTasksFile('a.yml', context), task: context.task }),
  );
  expect(outline(block)).toEqual(['inner']);
  expect(block).toMatchObject({ origin: 'file', keywords: { tags: ['t'] } });
  expect(block.keywords.when).toBeUndefined();
  expect(block.parent).toBe(task);
});

test('a file included by a file is looked for beside it', () => {
  const inner = including(
    { ...site('include_tasks: sub/a.yml'), 'sub/a.yml': '- include_tasks: b.yml\n', 'sub/b.yml': TASK },
    (context) => {
      const { block } = loadTasksFile('sub/a.yml', context);
      return loadTasksFile('b.yml', { ...context, task: block.items[0] as Task }).block;
    },
  );
  expect(outline(inner)).toEqual(['inner']);
});

test('a file included in a role is looked for in its tasks, then beside the playbook', () => {
  const files = {
    'site.yml': '- hosts: all\n  roles: [r]\n',
    'roles/r/tasks/main.yml': '- include_tasks: x\n',
    'roles/r/tasks/a.yml': TASK,
    'a.yml': '- {name: wrong, ping: }\n',
    'b.yml': TASK,
  };
  const found = including(files, (context) => [loadTasksFile('a.yml', context), loadTasksFile('b.yml', context)]);
  expect(found.map(({ block }) => outline(block))).toEqual([['r : inner'], ['r : inner']]);
});

test('a missing file is named with the place of the include', () => {
  const load = (): Block => including(site('include_tasks: a.yml'), (context) => loadTasksFile('a.yml', context).block);
  expect(load).toThrow("the tasks file 'a.yml' was not found");
});

test('an included role is private and may run twice unless told', () => {
  const files = {
    ...site('include_role: {name: r}\n      vars: {v: 1}'),
    'roles/r/tasks/main.yml': TASK,
    'roles/r/tasks/other.yml': '- {name: other, ping: }\n',
    'roles/r/meta/main.yml': 'dependencies: [d]\n',
    'roles/d/tasks/main.yml': TASK,
  };
  const [plain, told] = including(files, (context) => [
    loadIncludedRole('r', context),
    loadIncludedRole('r', context, { from: { tasks: 'other' }, public: true, allowDuplicates: false }),
  ]);
  expect([outline(plain!.block), outline(told!.block)]).toEqual([
    [['d : inner'], ['r : inner']],
    [['d : inner'], ['r : other']],
  ]);
  expect(plain!.role).toMatchObject({ public: false, allowDuplicates: true, vars: new Map([['v', 1]]) });
  expect(told!.role).toMatchObject({ public: true, allowDuplicates: false });
});

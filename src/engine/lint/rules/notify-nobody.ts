import type { Task } from '../../model/playbook.ts';
import { Deferred } from '../../model/value.ts';
import { didYouMean } from '../../template/names.ts';
import type { Content } from '../content.ts';
import type { Rule } from '../types.ts';

export const notifyNobody: Rule = {
  name: 'notify-nobody',
  severity: 'error',
  docs: {
    what: 'A notification that no handler has as its name or listens to, in all that was looked at.',
    why: 'The run ends with an error, after the change was made.',
    bad: '- hosts: all\n  tasks:\n    - name: Write the configuration\n      ansible.builtin.copy:\n        content: "port = 80"\n        dest: /etc/app.conf\n        mode: "0644"\n      notify: Restart ap\n  handlers:\n    - name: Restart app\n      ansible.builtin.service:\n        name: app\n        state: restarted',
    good: '- hosts: all\n  tasks:\n    - name: Write the configuration\n      ansible.builtin.copy:\n        content: "port = 80"\n        dest: /etc/app.conf\n        mode: "0644"\n      notify: Restart app\n  handlers:\n    - name: Restart app\n      ansible.builtin.service:\n        name: app\n        state: restarted',
  },
  all(content) {
    const names = handlerNames(content);
    if (!names) return [];
    return content.tasks.flatMap(({ task }) =>
      (task.keywords.notify ?? []).flatMap((name) => {
        if (typeof name !== 'string' || names.has(name)) return [];
        const hint = didYouMean(name, names) ?? 'define it under handlers:, or correct the name in notify:';
        return [{ message: `no handler is named '${name}' or listens to it`, position: task.position, hint }];
      }),
    );
  },
};

/** What may be notified; undefined where some handlers cannot be known. */
function handlerNames({ tasks, errors }: Content): Set<string> | undefined {
  if (errors.length > 0 || tasks.some(({ task }) => bringsUnknown(task))) return undefined;
  const names = new Set<string>();
  for (const { task } of tasks) {
    if (!task.isHandler) continue;
    for (const raw of [task.keywords.name, ...(task.keywords.listen ?? [])]) {
      const name = raw instanceof Deferred ? raw.text : String(raw);
      for (const prefix of rolePrefixes(task)) names.add(`${prefix}${name}`);
    }
  }
  return names;
}

/** An include of a templated name, or a handler with one, may be the one that is meant. */
function bringsUnknown({ action, args, isHandler, keywords }: Task): boolean {
  if (isHandler && keywords.name instanceof Deferred) return true;
  if (action === 'include_role')
    return args.get('name') instanceof Deferred || args.get('handlers_from') instanceof Deferred;
  return action === 'include_tasks' && isHandler && args.get('_raw_params') instanceof Deferred;
}

function rolePrefixes({ role }: Task): string[] {
  if (!role) return [''];
  const short = role.name.split('.').at(-1)!;
  return ['', `${role.name} : `, `${short} : `];
}

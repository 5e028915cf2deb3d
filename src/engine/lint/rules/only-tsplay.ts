import type { Task } from '../../model/playbook.ts';
import { Deferred, type Raw } from '../../model/value.ts';
import { resolveAction } from '../../modules/registry.ts';
import type { Content } from '../content.ts';
import type { Problem, Rule } from '../types.ts';

export const onlyTsplay: Rule = {
  name: 'only-tsplay',
  severity: 'warning',
  optional: true,
  docs: {
    what: 'What Ansible does not have: phases, `retry`, `undo`, `serial_health`, the strategy `quorum`, modules of tsplay and in JavaScript or TypeScript, Handlebars templates.',
    why: 'Ansible cannot run it. For playbooks and roles that are to run there too.',
    bad: '- hosts: all\n  tasks:\n    - name: Look at the service\n      ansible.builtin.command: app status\n      changed_when: false\n      retry:\n        times: 5\n        backoff: exponential',
    good: '- hosts: all\n  tasks:\n    - name: Look at the service\n      ansible.builtin.command: app status\n      register: status\n      changed_when: false\n      until: status is succeeded\n      retries: 5',
  },
  all: (content) => [...ofPlays(content), ...content.phases.map(ofPhase), ...content.templates.flatMap(ofTemplate)],
  task: ({ task }) => ofTask(task),
};

function ofPlays({ plays }: Content): Problem[] {
  return plays.flatMap(({ play }) => {
    const { strategy, quorum, serialHealth, position } = play;
    return [
      ...(strategy === 'quorum' || quorum ? [problem('strategy: quorum', quorum?.position ?? position)] : []),
      ...(serialHealth ? [problem('serial_health', serialHealth.position)] : []),
    ];
  });
}

function ofPhase({ position }: Content['phases'][number]): Problem {
  return problem('phase', position);
}

function ofTemplate({ path, shown }: Content['templates'][number]): Problem[] {
  return isHandlebars(path) ? [problem('a Handlebars template', { file: shown, line: 1, column: 1 })] : [];
}

function ofTask({ action, source, keywords, args, argPositions, position }: Task): Problem[] {
  const found: Problem[] = [];
  for (const keyword of ['retry', 'undo'] as const) {
    if (keywords[keyword] !== undefined) found.push(problem(keyword, position));
  }
  if (source === undefined) {
    const entry = resolveAction(action);
    if (entry?.collection === 'tsplay.builtin') found.push(problem(`${entry.collection}.${entry.name}`, position));
  } else if (/\.[cm]?[jt]s$/.test(source)) {
    found.push(problem(`a module in ${source.endsWith('ts') ? 'TypeScript' : 'JavaScript'}`, position));
  }
  if (action === 'template' && isHandlebars(args.get('src'))) {
    found.push(problem('a Handlebars template', argPositions.get('src') ?? position));
  }
  return found;
}

function isHandlebars(name: Raw | undefined): boolean {
  const text = name instanceof Deferred ? name.text : name;
  return typeof text === 'string' && text.endsWith('.hbs');
}

function problem(what: string, position: Problem['position']): Problem {
  return { message: `Ansible does not have this: ${what}`, position };
}

import { describe, expect, test } from '@jest/globals';
import { coerceArgs } from '../../../src/engine/modules/args/coerce.ts';
import { dnf } from '../../../src/engine/modules/dnf/dnf.ts';
import { type DnfArgs, readDnf } from '../../../src/engine/modules/dnf/inspect.ts';
import { planDnf } from '../../../src/engine/modules/dnf/plan.ts';

const host = readDnf('program dnf\nhas git\nhas vim\nnew git\n');

function plan(given: Record<string, unknown>, state = host) {
  return planDnf(coerceArgs(dnf, new Map(Object.entries(given)) as never) as unknown as DnfArgs, state);
}

describe('what dnf is told', () => {
  const cases: readonly (readonly [Record<string, unknown>, string[], boolean])[] = [
    [{ name: 'git' }, [], false],
    [{ name: ['git', 'tree'] }, ['dnf install tree'], true],
    [{ name: 'git,tree', state: 'installed' }, ['dnf install tree'], true],
    [{ name: ['git', 'vim', 'tree'], state: 'latest' }, ['dnf install tree', 'dnf upgrade git'], true],
    [{ name: ['git', 'tree'], state: 'latest', update_only: true }, ['dnf upgrade git'], true],
    [{ name: ['git', 'tree'], state: 'absent' }, ['dnf remove git'], true],
    [{ name: ['git'], state: 'removed', autoremove: true }, ['dnf autoremove git'], true],
    [{ autoremove: true }, ['dnf autoremove'], true],
    [{ update_cache: true }, ['expire the cache of dnf'], false],
  ];
  test.each(cases)('%j', (given, summaries, changed) => {
    const found = plan(given);
    expect(found.changes.map(({ summary }) => summary)).toEqual(summaries);
    expect(found.changed).toBe(changed);
  });

  test('options, and how it is taken back', () => {
    const [change] = plan({
      name: 'tree',
      enablerepo: 'epel,extras',
      disable_gpg_check: true,
      install_weak_deps: false,
    }).changes;
    expect(change).toMatchObject({
      script: {
        text: "LC_ALL=C 'dnf' '-y' '--enablerepo=epel' '--enablerepo=extras' '--nogpgcheck' '--setopt=install_weak_deps=False' 'install' 'tree'",
      },
      undo: { text: expect.stringContaining("'remove' 'tree'") },
    });
  });

  test('a host without it', () => {
    expect(plan({ name: 'git' }, readDnf('')).failed).toBe('Could not find dnf or yum on the host');
  });
});

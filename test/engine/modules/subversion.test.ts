import { describe, expect, test } from '@jest/globals';
import { subversion } from '../../../src/engine/modules/subversion.ts';
import { planOf } from './support.ts';

describe('subversion', () => {
  const args = { repo: 'file:///srv/repo/', dest: '/opt/app' };
  const there = ['installed', 'exists'];
  const copy = (revision: number, wanted = 5, url = 'file:///srv/repo') =>
    [...there, `here URL: ${url}`, `here Revision: ${revision}`, `wanted Revision: ${wanted}`] as const;
  const host = (lines: readonly string[]) => ({ answers: [[/./, `${lines.join('\n')}\n`]] as const });
  const cases: readonly (readonly [Record<string, string | boolean>, readonly string[], string[]])[] = [
    [{}, ['installed'], ['checkout file:///srv/repo/ to /opt/app']],
    [{ checkout: false }, ['installed'], []],
    [{ export: true }, ['installed'], ['export file:///srv/repo/ to /opt/app']],
    [{}, copy(5), []],
    [{}, copy(4), ['update /opt/app to HEAD']],
    [{ update: false }, copy(4), []],
    [{}, copy(5, 5, 'file:///elsewhere'), ['update /opt/app to HEAD']],
    [{ switch: false }, copy(5, 5, 'file:///elsewhere'), []],
    [{ force: true }, [...copy(5), 'modified'], ['update /opt/app to HEAD']],
    [{ in_place: true }, there, ['checkout file:///srv/repo/ to /opt/app']],
  ];
  test.each(cases)('%j where %j', async (more, lines, expected) => {
    const { plan } = await planOf(subversion, { ...args, ...more }, host(lines));
    expect(plan.failed).toBeUndefined();
    expect(plan.changes.map(({ summary }) => summary)).toEqual(expected);
  });

  test.each([
    [{}, [...copy(5), 'modified'], 'ERROR: modified files exist in the repository.'],
    [{}, there, 'ERROR: /opt/app folder already exists, but its not a subversion repository.'],
    [{}, [], 'Failed to find required executable "svn" in paths'],
  ])('refuses %j where %j', async (more, lines, message) => {
    expect((await planOf(subversion, { ...args, ...more }, host(lines))).plan.failed).toBe(message);
  });

  test('a password goes by standard input alone', async () => {
    const { plan } = await planOf(subversion, { ...args, username: 'joe', password: 'hidden' }, host(['installed']));
    const [change] = plan.changes;
    expect(change?.kind === 'run' && change.stdin?.toString()).toBe('hidden');
    expect(JSON.stringify(change?.kind === 'run' && change.script)).not.toContain('hidden');
  });
});

import { describe, expect, test } from '@jest/globals';
import { dict } from '../../../src/engine/model/value.ts';
import { getent } from '../../../src/engine/modules/getent.ts';
import { packageFacts } from '../../../src/engine/modules/package-facts.ts';
import { serviceFacts } from '../../../src/engine/modules/service-facts.ts';

const none = undefined as never;

describe('getent', () => {
  const args = { database: 'passwd', key: null as string | null, service: null, split: null, fail_key: true };
  test('records by their first field; several in a list', () => {
    const output = 'root:x:0\na:x:1\na:x:2\n';
    expect(getent.plan(args, { rc: 0, output }, none).result).toEqual({
      ansible_facts: dict({
        getent_passwd: new Map<string, unknown>([
          ['root', ['x', '0']],
          [
            'a',
            [
              ['x', '1'],
              ['x', '2'],
            ],
          ],
        ]) as never,
      }),
    });
  });

  test('an entry that is missing', () => {
    const gone = { rc: 2, output: '' };
    expect(getent.plan({ ...args, key: 'x' }, gone, none).failed).toContain('could not be found');
    expect(getent.plan({ ...args, key: 'x', fail_key: false }, gone, none)).toMatchObject({
      result: { ansible_facts: dict({ getent_passwd: new Map([['x', null]]) }) },
    });
  });
});

test('packages: installed ones, each with its versions', () => {
  const output =
    'b|2|amd64|admin||installed\na|1|amd64|libs||installed\na|1|i386|libs||installed\nc|3|amd64|x||config-files\n\x1e\n\x1e\n\x1e\n';
  const plan = packageFacts.plan({ manager: ['auto'], strategy: 'first' }, output, none);
  const packages = (plan.result!['ansible_facts'] as Map<string, Map<string, unknown[]>>).get('packages')!;
  expect([...packages].map(([name, all]) => [name, all.length])).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});

test('services: what is loaded, what has a file only, aliases and templates', () => {
  const output = [
    'cron.service loaded active running Cron\nold.service not-found inactive dead old.service\n',
    'cron.service enabled enabled\ncrond.service alias -\nrescue.service static -\ngetty@.service enabled enabled\n',
    'Names=cron.service crond.service\nActiveState=active\n',
    '',
    ' [ + ]  legacy\n',
  ].join('\x1e\n');
  const plan = serviceFacts.plan({}, output, none);
  const services = (plan.result!['ansible_facts'] as Map<string, Map<string, Map<string, string>>>).get('services')!;
  const shown = [...services].map(([name, one]) => [name, one.get('state'), one.get('status'), one.get('source')]);
  expect(shown.sort()).toEqual([
    ['cron.service', 'running', 'enabled', 'systemd'],
    ['crond.service', 'active', 'alias', 'systemd'],
    ['getty@.service', 'unknown', 'enabled', 'systemd'],
    ['legacy', 'running', undefined, 'sysv'],
    ['old.service', 'stopped', 'not-found', 'systemd'],
    ['rescue.service', 'inactive', 'static', 'systemd'],
  ]);
});

import { describe, expect, test } from '@jest/globals';
import { read } from './support.ts';

describe('toml', () => {
  const text = `# hosts
[all.vars]
has_java = false
[web]
children = ["apache", "nginx"]
vars = { http_port = 8080, myvar = 2_3 }
[web.hosts]
host1 = {}
host2 = { ansible_port = 222, note = "{{ http_port }}" }
[apache.hosts]
"t[1:2]" = { when = 2024-01-02, ratio = 1.5, big = 0xff }
[nginx.hosts.jumper]
path = 'C:\\\\x'
long = """
a\\
   b
"""
`;

  test('groups, hosts and variables', async () => {
    const { groups, vars, groupVars, warnings } = await read({ 'hosts.toml': text }, ['hosts.toml']);
    expect(warnings).toEqual([]);
    expect(groups).toMatchObject({ web: ['host1', 'host2'], apache: ['t1', 't2'], nginx: ['jumper'] });
    expect(groupVars('web')).toEqual({ http_port: 8080, myvar: 23 });
    expect(vars['t2']).toMatchObject({ when: '2024-01-02', ratio: 1.5, big: 255 });
    expect(vars['jumper']).toEqual({ path: 'C:\\\\x', long: 'ab\n' });
  });

  test.each([
    ['[a', 'x.toml:1:3: no TOML: "]" is expected'],
    ['[a]\nb = ', 'x.toml:2:5: no TOML: a value is expected'],
    ['[a]\nb = 1\nb = 2', 'x.toml:3:6: no TOML: the key b is there already'],
    ['[a]\n[a]', 'x.toml:2:4: no TOML: the table [a] is there already'],
    ['a = "x', 'x.toml:1:5: no TOML: the quote is not closed'],
    ['', 'Parsed empty TOML file'],
    ['[g]\nhosts = ["a"]', 'Invalid "hosts" entry for "g" group, requires a dict'],
    ['plugin = "x"', 'write it in YAML'],
  ])('%j is refused', async (toml, message) => {
    const { warnings } = await read({ 'x.toml': toml }, ['x.toml']);
    expect(warnings[0]).toContain(message);
  });
});

test('generator: a host for every combination, in groups above groups', async () => {
  const { groups, groupVars } = await read(
    {
      'made.config': `plugin: generator
hosts:
  name: "{{ operation }}_{{ application }}"
  parents:
    - name: "{{ application }}"
      parents:
        - name: apps
          vars: {kind: "{{ application }}", n: 1}
    - name: runner
layers:
  operation: [build, launch]
  application: [web, api]
`,
    },
    ['made.config'],
  );
  expect(groups).toMatchObject({
    web: ['build_web', 'launch_web'],
    runner: ['build_web', 'build_api', 'launch_web', 'launch_api'],
    apps: [],
  });
  expect(groupVars('apps')).toEqual({ kind: 'api', n: 1 });
});

describe('scripts', () => {
  const script = (body: string) => `#!/bin/sh\n${body}\n`;

  test('standard error is shown, unless it is not wanted', async () => {
    const files = { s: script(`echo hm >&2; echo '{"g": ["h"], "_meta": {"hostvars": {}}}'`) };
    expect((await read(files, ['s'])).warnings).toEqual(['FOLDER/s: hm']);
    expect((await read(files, ['s'], { showScriptErrors: false })).warnings).toEqual([]);
  });

  test.each([
    ['exit 3', 'the inventory script failed'],
    ['read answer', 'the inventory script failed'],
    ['echo no', 'the inventory script wrote no JSON'],
    [`echo '{"g": {"hosts": "h"}}'`, "group 'g' has bad data for the host list"],
    [`echo '{"g": ["h"], "_meta": {"hostvars": []}}'`, 'hostvars of _meta that are no dictionary'],
  ])('%s is refused', async (body, message) => {
    expect((await read({ s: script(body) }, ['s'])).warnings[0]).toContain(message);
  });

  test('a text is no program because its mode says so', async () => {
    const { groups } = await read({ 'hosts.yml': 'web: {hosts: {a: }}' }, ['hosts.yml']);
    expect(groups['web']).toEqual(['a']);
  });
});

test('sections are INI under the ending of YAML too', async () => {
  expect((await read({ 'hosts.yml': '[web]\na\n' }, ['hosts.yml'])).groups['web']).toEqual(['a']);
});

describe('settings', () => {
  test('endings and names in a folder', async () => {
    const files = {
      'inv/a.ini': 'a',
      'inv/b.skip': 'b',
      'inv/c': 'c',
      'inv/.d': 'd',
      'inv/group_vars/all.yml': 'x: 1',
    };
    const { groups } = await read(files, ['inv'], { ignoredEndings: ['.skip'], ignoredNames: ['^c$'] });
    expect(groups['ungrouped']).toEqual(['a']);
  });

  test('one source that cannot be read ends the run where that is wanted', async () => {
    await expect(read({ a: '[x', b: 'h' }, ['a', 'b'], { failOnAny: true })).rejects.toThrow(
      /Completely failed to parse/,
    );
  });

  test('none that could be read ends it', async () => {
    await expect(read({ a: '[x' }, ['a'], { whenNone: 'fail' })).rejects.toThrow('No inventory was parsed');
    expect((await read({ a: '[x' }, ['a'], { whenNone: 'ignore' })).warnings).toHaveLength(1);
  });

  test('only enabled formats are tried', async () => {
    const { warnings } = await read({ 'a.yml': 'g: {hosts: {h: }}' }, ['a.yml'], { enabled: ['ini'] });
    expect(warnings[0]).toContain('none of the enabled formats reads it');
  });

  test('files of variables count in constructed only where it says so', async () => {
    const files = (more: string) => ({
      hosts: 'h',
      'group_vars/all.yml': 'color: red',
      'z.yml': `plugin: constructed\nkeyed_groups: [{key: color, prefix: c}]\n${more}`,
    });
    expect((await read(files(''), ['hosts', 'z.yml'])).groups).not.toHaveProperty('c_red');
    expect((await read(files('use_vars_plugins: true'), ['hosts', 'z.yml'])).groups['c_red']).toEqual(['h']);
  });
});

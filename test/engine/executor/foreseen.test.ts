import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { runFiles } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'foreseen-'));
afterAll(() => rmSync(folder, { recursive: true }));

const all = async (tasks: string) => {
  const { code, events } = await runFiles(
    { 'play.yml': `- hosts: a\n  gather_facts: false\n  vars: {d: ${folder}}\n  tasks:\n${tasks}`, 't.j2': 'x\n' },
    ['--check'],
  );
  const said = events.flatMap((event) => (event.type === 'host-result' ? [event.status] : []));
  return { code, said };
};

test.each<[string, string, string[]]>([
  [
    'a file in a folder that is yet to be made',
    '    - file: {path: "{{ d }}/a/b", state: directory}\n    - copy: {content: x, dest: "{{ d }}/a/b/c"}\n',
    ['changed', 'changed'],
  ],
  [
    'a line in a file that is yet to be written, and one that it will have',
    '    - copy: {content: "one\\n", dest: "{{ d }}/f"}\n    - lineinfile: {path: "{{ d }}/f", line: one}\n    - lineinfile: {path: "{{ d }}/f", line: two}\n    - lineinfile: {path: "{{ d }}/f", line: two}\n',
    ['changed', 'ok', 'changed', 'ok'],
  ],
  [
    'the same file twice',
    '    - template: {src: t.j2, dest: "{{ d }}/t"}\n    - template: {src: t.j2, dest: "{{ d }}/t"}\n    - file: {path: "{{ d }}/t", mode: "0600"}\n    - file: {path: "{{ d }}/t", mode: "0600"}\n',
    ['changed', 'ok', 'changed', 'ok'],
  ],
  [
    'what will be gone',
    '    - file: {path: "{{ d }}/g", state: touch}\n    - file: {path: "{{ d }}/g", state: absent}\n    - file: {path: "{{ d }}/g", state: absent}\n',
    ['changed', 'changed', 'ok'],
  ],
  [
    'a link to a folder that is yet to be made, and a file behind it',
    '    - file: {path: "{{ d }}/real", state: directory}\n    - file: {path: "{{ d }}/link", src: "{{ d }}/real", state: link}\n    - file: {path: "{{ d }}/link", src: "{{ d }}/real", state: link}\n',
    ['changed', 'changed', 'ok'],
  ],
  [
    'nothing to who asks how the host is',
    '    - copy: {content: x, dest: "{{ d }}/s"}\n    - stat: {path: "{{ d }}/s"}\n      register: s\n    - assert: {that: not s.stat.exists}\n',
    ['changed', 'ok', 'ok'],
  ],
  [
    'a file as a task really made it in the middle of a check',
    '    - copy: {content: "foreseen", dest: "{{ d }}/r"}\n    - copy: {content: "real", dest: "{{ d }}/r"}\n      check_mode: false\n    - copy: {content: "real", dest: "{{ d }}/r"}\n    - copy: {content: "foreseen", dest: "{{ d }}/r"}\n',
    ['changed', 'changed', 'ok', 'changed'],
  ],
  [
    'nothing of what a command will have made, nor of a file whose content it gives; but of others',
    '    - command: date\n      args: {creates: "{{ d }}/made"}\n      register: made\n    - file: {path: "{{ d }}/made", state: absent}\n    - copy: {content: "{{ made.stdout }}", dest: "{{ d }}/kept"}\n    - file: {path: "{{ d }}/kept", state: absent}\n    - file: {path: "{{ d }}/made2", state: absent}\n',
    ['changed', 'unknown', 'unknown', 'unknown', 'ok'],
  ],
])('check mode foretells %s', async (_, tasks, said) => {
  expect(await all(tasks)).toEqual({ code: 0, said });
});

test.each<[string, string, number, string[]]>([
  [
    'a service of a package that is yet to be installed',
    '    - command: apt-get install something\n    - systemd: {name: nowhere-to-be-found, state: started}\n',
    0,
    ['unknown', 'unknown'],
  ],
  [
    'what a command would have said',
    '    - command: cat /etc/hostname\n      register: said\n    - debug: {msg: "{{ said.stdout_lines[0] }}"}\n',
    0,
    ['unknown', 'unknown'],
  ],
  [
    'a failure that nothing before it could prevent',
    '    - systemd: {name: nowhere-to-be-found, state: started}\n',
    2,
    ['failed'],
  ],
  ['a mistake', '    - command: "true"\n    - copy: {src: nowhere, dest: /tmp/x}\n', 2, ['unknown', 'failed']],
  [
    'a condition that the content itself breaks',
    '    - command: "true"\n    - assert: {that: false}\n',
    2,
    ['unknown', 'failed'],
  ],
  [
    'a condition on what a command would have said, and what follows from that',
    '    - command: "true"\n      register: r\n    - copy: {content: x, dest: "{{ d }}/c1"}\n      when: r is changed\n    - set_fact: {s: "{{ r.rc | default(1) }}"}\n    - copy: {content: x, dest: "{{ d }}/c2"}\n      when: s == 0\n    - copy: {content: "{{ s }}", dest: "{{ d }}/c3"}\n    - copy: {content: x, dest: "{{ d }}/c4"}\n      when: [false, s == 0]\n    - assert: {that: s == 5}\n',
    0,
    ['unknown', 'unknown', 'ok', 'unknown', 'unknown', 'skipped', 'unknown'],
  ],
  [
    'the output of a command that is known to run',
    '    - command: touch {{ d }}/made\n      args: {creates: "{{ d }}/made"}\n      register: r\n    - copy: {content: x, dest: "{{ d }}/o1"}\n      when: r is changed and r.changed\n    - copy: {content: x, dest: "{{ d }}/o2"}\n      when: r is changed and r.stdout == ""\n    - copy: {content: "{{ r.stdout }}", dest: "{{ d }}/o3"}\n',
    0,
    ['changed', 'changed', 'unknown', 'unknown'],
  ],
  [
    'what a later task sets anew',
    '    - command: "true"\n      register: r\n    - set_fact: {r: known}\n    - copy: {content: "{{ r }}", dest: "{{ d }}/n"}\n',
    0,
    ['unknown', 'ok', 'changed'],
  ],
])('check mode is honest about %s', async (_, tasks, code, said) => {
  expect(await all(tasks)).toEqual({ code, said });
});

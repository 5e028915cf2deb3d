import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { builtProgram } from '../lab/program.ts';

/** A wrong input: files beside a good inventory, the command line after `tsplay run`, and what is answered. */
interface Case {
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly args?: readonly string[];
  readonly code: number;
  /** The error's first line, or what a warning or a failed task says. */
  readonly says: RegExp;
  /** A host had a task: only while it runs can this be known. */
  readonly touches?: boolean;
}

const play = (tasks: string, head = '') =>
  `- hosts: all\n  gather_facts: false\n${head}  tasks:\n    - command: touch ${'{{ mark }}'}\n${tasks.replace(/^/gm, '    ')}\n`;
const ok = play('- debug: {msg: hi}');
const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

const CASES: Readonly<Record<string, Case>> = {
  'an unknown module': {
    files: { 'play.yml': play('- lineinfle: {path: /x}') },
    code: 4,
    says: /^ERROR! play\.yml:5:7: couldn't resolve module\/action 'lineinfle'.*; did you mean "lineinfile"\?/,
  },
  'several mistakes at once': {
    files: {
      'play.yml': `${play('- lineinfle: {path: /x}\n- lineinfle: {path: /y}\n- lineinfle: {path: /z}')}  roles: [nope]\n`,
    },
    code: 1,
    says: /^ERROR! play\.yml:8:11: the role 'nope' was not found[\s\S]*\n\nBeside that:\n {2}play\.yml:5:7: couldn't resolve module\/action 'lineinfle'.* \(3 times\)\n/,
  },
  'modules that are not supported and would be reached': {
    files: { 'play.yml': play('- win_ping:\n- my.own.thing: {}\n  when: false\n- win_ping:') },
    code: 4,
    says: /^ERROR! play\.yml:5:7: 2 modules that are not supported are used, and the run would come to this task[\s\S]*\n {2}win_ping {6}2x {2}play\.yml:5:7 {2}of ansible\.windows is not built in\n {2}my\.own\.thing {2}1x {2}play\.yml:6:7 {2}is not built in\n/,
  },
  'modules that are not supported and may be left out': {
    files: { 'play.yml': play('- win_ping:\n  when: false\n- my.own.thing: {}\n  when: false') },
    code: 0,
    says: /WARNING\]: 2 modules that are not supported are used; a task that is\s+reached\s+fails\n {2}win_ping {6}1x {2}play\.yml:5:7 {2}of ansible\.windows is not built in\n/,
    touches: true,
  },
  'an unknown keyword of a play': {
    files: { 'play.yml': '- hosts: all\n  gather_fact: false\n' },
    code: 4,
    says: /^ERROR! play\.yml:2:3: 'gather_fact' is not a valid attribute for a Play; did you mean "gather_facts"\?/,
  },
  'an unknown keyword of a task': {
    files: { 'play.yml': play('- debug: {msg: hi}\n  whn: true') },
    code: 4,
    says: /^ERROR! play\.yml:6:7: .*'whn' is neither a keyword nor a known module; did you mean "when"\?/,
  },
  'an unknown argument': {
    files: { 'play.yml': play('- copy: {contnt: x, dest: /tmp/x}') },
    code: 2,
    says: /^ERROR! play\.yml:5:14: copy: Unsupported parameters for \(copy\) module: contnt/,
  },
  'an argument of a wrong type': {
    files: { 'play.yml': play('- file: {path: /tmp/x, recurse: perhaps}') },
    code: 2,
    says: /^ERROR! play\.yml:5:28: file: argument 'recurse' is of type/,
  },
  'a keyword of a wrong type': {
    files: { 'play.yml': play('- command: id\n  become: perhaps') },
    code: 4,
    says: /^ERROR! play\.yml:6:15: the field 'become' has an invalid value.*; write true or false/,
  },
  'two modules in a task': {
    files: { 'play.yml': play('- debug: {msg: x}\n  command: ls') },
    code: 4,
    says: /^ERROR! play\.yml:6:7: conflicting action statements: debug, command/,
  },
  'a task without a module': {
    files: { 'play.yml': play('- name: x') },
    code: 4,
    says: /^ERROR! play\.yml:5:7: no module\/action detected in task/,
  },
  'an undefined variable in a nested template': {
    files: { 'play.yml': play('- debug: {msg: "{{ a }}"}', '  vars: {a: "{{ b }}", b: "{{ c.d }}"}\n') },
    code: 2,
    says: /^play\.yml:3:31: task "debug" failed on l/m,
    touches: true,
  },
  'a template that cannot be read': {
    files: { 'play.yml': play('- debug: {msg: "{{ a | }}"}') },
    code: 2,
    says: /^play\.yml:5:28: task "debug" failed on l/m,
    touches: true,
  },
  'a template nested without end': {
    files: { 'play.yml': play(`- debug: {msg: "{{ ${deep('(', ')', 3000)} }}"}`) },
    code: 2,
    says: /nested too deeply|expected/,
    touches: true,
  },
  'a role that is missing': {
    files: { 'play.yml': '- hosts: all\n  roles: [nope]\n' },
    code: 1,
    says: /^ERROR! play\.yml:2:11: the role 'nope' was not found in .*; create it/,
  },
  'a file of tasks that is missing': {
    files: { 'play.yml': play('- import_tasks: nope.yml') },
    code: 1,
    says: /^ERROR! play\.yml:5:21: the tasks file 'nope.yml' was not found/,
  },
  'a file of variables that is missing': {
    files: { 'play.yml': play('- debug: {msg: hi}', '  vars_files: [nope.yml]\n') },
    code: 1,
    says: /^ERROR! play\.yml:1:3: vars file nope.yml was not found/,
  },
  'tasks that import themselves': {
    files: { 'play.yml': play('- import_tasks: t.yml'), 't.yml': '- import_tasks: t.yml\n' },
    code: 4,
    says: /^ERROR! t\.yml:1:17: circular import of tasks: t\.yml -> t\.yml/,
  },
  'tasks that include themselves': {
    files: { 'play.yml': play('- include_tasks: t.yml'), 't.yml': '- include_tasks: t.yml\n' },
    code: 4,
    says: /^ERROR! t\.yml:1:3: includes are nested more than 200 deep.*; .*condition that ends it/,
    touches: true,
  },
  'a playbook that imports itself': {
    files: { 'play.yml': '- import_playbook: play.yml\n' },
    code: 4,
    says: /^ERROR! play\.yml:1:3: circular import of playbooks/,
  },
  'roles that depend on each other': {
    files: {
      'play.yml': '- hosts: all\n  gather_facts: false\n  roles: [a]\n',
      'roles/a/meta/main.yml': 'dependencies: [b]\n',
      'roles/b/meta/main.yml': 'dependencies: [a]\n',
    },
    code: 1,
    says: /^ERROR! roles\/b\/meta\/main\.yml:1:16: A recursion loop was detected with the roles specified.*a -> b -> a/,
  },
  'a role that imports itself': {
    files: {
      'play.yml': '- hosts: all\n  gather_facts: false\n  roles: [a]\n',
      'roles/a/tasks/main.yml': '- import_role: {name: a}\n',
    },
    code: 1,
    says: /^ERROR! roles\/a\/tasks\/main\.yml:1:23: A recursion loop was detected/,
  },
  'duplicate keys': {
    files: { 'play.yml': play('- debug: {msg: a}\n  debug: {msg: b}') },
    code: 0,
    says: /WARNING\]: play\.yml:6:7: duplicate key "debug" \(first on line 5\)/,
    touches: true,
  },
  'a tab as indentation': {
    files: { 'play.yml': '- hosts: all\n\ttasks: []\n' },
    code: 4,
    says: /^ERROR! play\.yml:2:2: a tab is used for indentation; indent with spaces/,
  },
  'a quote that is never closed': {
    files: { 'play.yml': '- hosts: "all\n  tasks: []\n' },
    code: 4,
    says: /^ERROR! play\.yml:1:10: a double quote is never closed/,
  },
  'an alias of nothing': {
    files: { 'play.yml': '- hosts: *nope\n' },
    code: 4,
    says: /^ERROR! play\.yml:1:10: no anchor "&nope"/,
  },
  'a tag that would run code': {
    files: { 'play.yml': '- hosts: !!python/object/apply:os.system ["id"]\n' },
    code: 4,
    says: /^ERROR! play\.yml:1:10: no constructor for the tag/,
  },
  'lists nested without end': {
    files: { 'play.yml': `- hosts: all\n  vars: {a: ${deep('[', ']', 5000)}}\n` },
    code: 4,
    says: /^ERROR! play\.yml:2:\d+: nested deeper than \d+ levels/,
  },
  'an empty playbook': {
    files: { 'play.yml': '' },
    code: 4,
    says: /^ERROR! play\.yml:1:1: Empty playbook, nothing to do: play\.yml/,
  },
  'a playbook that is no list': {
    files: { 'play.yml': 'hello\n' },
    code: 4,
    says: /^ERROR! play\.yml:1:1: A playbook must be a list of plays, got a string instead/,
  },
  'a play without hosts': {
    files: { 'play.yml': '- tasks: []\n' },
    code: 4,
    says: /^ERROR! play\.yml:1:3: the field 'hosts' is required but was not set; add `hosts: all`/,
  },
  'a binary playbook': {
    files: { 'play.yml': Buffer.from('\x7fELF\x02\x01\x01\x00\x00\xff\xfe\x00', 'latin1') },
    code: 4,
    says: /^ERROR! play\.yml:1:\d+: the file is not valid UTF-8; save it as UTF-8\n$/,
  },
  'a playbook that is missing': {
    args: ['-i', 'hosts.yml', 'nope.yml'],
    code: 1,
    says: /^ERROR! nope\.yml:1:1: could not read nope\.yml: it does not exist/,
  },
  'a folder as playbook': {
    args: ['-i', 'hosts.yml', 'roles'],
    files: { 'roles/a/tasks/main.yml': '[]' },
    code: 1,
    says: /^ERROR! roles:1:1: could not read roles: it is a folder/,
  },
  'a pattern that matches nothing': {
    files: { 'play.yml': ok.replace('all', 'nobody') },
    code: 0,
    says: /WARNING\]: play\.yml:1:3: Could not match supplied host pattern, ignoring:\s+nobody/,
  },
  'an inventory that is none': {
    files: { inventory: '- a\n' },
    args: ['-i', 'inventory', 'play.yml'],
    code: 0,
    says: /WARNING\]: Unable to parse inventory as an\s+inventory source: inventory:1:3: Expected/,
  },
  'an inventory of garbage': {
    files: { 'inv.yml': Buffer.from([0x7f, 0x45, 0, 0xff, 0xfe]) },
    args: ['-i', 'inv.yml', 'play.yml'],
    code: 0,
    says: /inv\.yml:1:\d+: the file is\s+not\s+valid UTF-8/,
  },
  'an inventory that is missing': {
    args: ['-i', 'nope', 'play.yml'],
    code: 0,
    says: /WARNING\]: Unable to parse nope as an\s+inventory\s+source: there is no such file; check the path/,
  },
  'a limit that matches nothing': {
    args: ['-i', 'hosts.yml', '--limit', 'nobody', 'play.yml'],
    code: 1,
    says: /^ERROR! Specified inventory, host pattern and\/or --limit leaves us with no hosts to target/m,
  },
  'a limit that cannot be read': {
    args: ['-i', 'hosts.yml', '--limit', '~[', 'play.yml'],
    code: 1,
    says: /^ERROR! Invalid host list pattern: ~\[/,
  },
  'extra variables that cannot be read': {
    args: ['-i', 'hosts.yml', '-e', '{a: ', 'play.yml'],
    code: 4,
    says: /^ERROR! <command line>:1:1: "\{" is never closed; add "}"/,
  },
  'extra variables of no file': {
    args: ['-i', 'hosts.yml', '-e', '@nope', 'play.yml'],
    code: 1,
    says: /^ERROR! -e @nope: the file cannot be read: it does not exist/,
  },
  'extra variables that are no dictionary': {
    args: ['-i', 'hosts.yml', '-e', '[1]', 'play.yml'],
    code: 5,
    says: /^ERROR! <command line>:1:1: -e must give a dictionary/,
  },
  'a number of forks that is none': {
    args: ['-i', 'hosts.yml', '--forks', 'x', 'play.yml'],
    code: 2,
    says: /^ERROR! --forks must be a positive number, not 'x'/,
  },
  'an unknown option': {
    args: ['-i', 'hosts.yml', '--frks', '3', 'play.yml'],
    code: 2,
    says: /^ERROR! Unknown option '--frks'/,
  },
  'an option without its value': {
    args: ['play.yml', '-i'],
    code: 2,
    says: /^ERROR! Option '-i, --inventory <value>' argument missing/,
  },
  'no playbook at all': {
    args: [],
    code: 2,
    says: /^ERROR! no playbook given; tsplay run site\.yml -i hosts\.yml/,
  },
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsplay-bad-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('tsplay run says what is wrong with', () => {
  test.each(Object.entries(CASES))('%s', async (_name, { files, args, code, says, touches = false }) => {
    const here = mkdtempSync(join(folder, 'case-'));
    const mark = join(here, 'touched');
    const all = {
      'play.yml': ok,
      'hosts.yml': `all:\n  vars: {mark: ${mark}}\n  hosts:\n    l: {ansible_connection: local}\n`,
      ...files,
    };
    for (const [name, content] of Object.entries(all)) {
      mkdirSync(dirname(join(here, name)), { recursive: true });
      writeFileSync(join(here, name), content);
    }
    const ran = await tsplay(here, args ?? ['-i', 'hosts.yml', 'play.yml']);
    expect(ran.stderr.replaceAll(`${here}/`, '')).toMatch(says);
    expect(ran.stderr).not.toMatch(/\n\s+at |Unexpected:|node:internal/);
    expect({ code: ran.code, touched: existsSync(mark) }).toEqual({ code, touched: touches });
  });
});

function tsplay(cwd: string, args: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], HOME: cwd, LC_ALL: 'C.UTF-8', ANSIBLE_LOCALHOST_WARNING: 'False' };
    const child = spawn(process.execPath, [builtProgram(), 'run', ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.once('close', (code) => resolve({ code, stderr: Buffer.concat([...errors, ...out]).toString() }));
  });
}

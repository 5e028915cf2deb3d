/** Right texts, which are made wrong: they use much of what the language has. */
export const PLAYBOOK = `---
- name: Web {{ env }}
  hosts: "web[0:2]:&live:!old"
  serial: [1, "30%"]
  strategy: free
  order: shuffle
  any_errors_fatal: true
  max_fail_percentage: 10
  gather_facts: false
  module_defaults:
    copy: {mode: "0644"}
    group/x: {}
  collections: [community.general]
  vars: &defaults
    port: 80
    paths: ["/srv/{{ item }}", /tmp]
  vars_files: [vars.yml, [a.yml, vars.yml]]
  vars_prompt:
    - {name: answer, prompt: "why?", private: false, default: x, encrypt: sha512_crypt}
  pre_tasks:
    - name: ask
      debug: {msg: "{{ port | default(1) }}"}
      tags: [a, always]
  roles:
    - r
    - {role: r, when: x, tags: t, port: 1, vars: {a: 1}}
  tasks:
    - name: several
      when: a is defined and (b or c)
      become: true
      block:
        - copy:
            content: |
              one
                two {{ x }}
            dest: /etc/x
            mode: "0644"
          register: done
          until: done is succeeded
          retries: 3
          delay: 1
          loop: "{{ range(3) | list }}"
          loop_control: {loop_var: n, label: "{{ n }}", index_var: i, pause: 1, extended: true}
      rescue:
        - shell: echo "a b" 'c' > /tmp/x creates=/tmp/x
          when: done.rc != 0 and (a or not b)
          failed_when: [false]
          changed_when: "'x' in done.stdout"
      always:
        - include_tasks: {file: other.yml, apply: {become: true, tags: [x]}}
          vars: {x: 1}
    - import_tasks: other.yml
    - include_role: {name: r, tasks_from: main, public: true}
    - import_role: name=r
    - command: ls -l
      args: {<<: *defaults}
      environment: [{A: 1}, "{{ env }}"]
      notify: [restart, "{{ h }}"]
      async: 10
      poll: 5
      delegate_to: "{{ item }}"
      run_once: true
      throttle: 2
      with_nested: [[1, 2], [3]]
    - meta: flush_handlers
    - action: {module: file, path: /x, state: absent}
    - local_action: command true
  handlers:
    - name: restart
      service: name=x state=restarted
      listen: web
    - block: [{name: in, debug: {msg: x}}]
- import_playbook: more.yml
  when: x
  vars: {a: 1}
`;

export const ROLE_TASKS = `- name: one
  debug: {msg: "{{ port }}"}
  tags: [x]
- include_tasks: "{{ item }}.yml"
  loop: [a, b]
- ansible.builtin.template: {src: a.j2, dest: /x}
  notify: changed
- import_tasks: more.yml
- set_fact: {a: "{{ b }}", cacheable: true}
- assert: {that: [a == 1, "b is defined"], fail_msg: no}
`;

export const ROLE_META = `galaxy_info: {author: ann, min_ansible_version: "2.9", platforms: [{name: Debian, versions: [all]}]}
allow_duplicates: true
collections: [ansible.posix]
dependencies:
  - role: base
    vars: {a: 1}
    when: x
    tags: [t]
  - {src: "git+https://x.example/r.git", name: base, version: main}
`;

export const ROLE_SPECS = `argument_specs:
  main:
    short_description: it
    description: [a, b]
    options:
      port: {type: int, default: 80, required: false, choices: [80, 81], description: [x]}
      list: {type: list, elements: dict, options: {a: {type: str, required: true}, b: {type: raw, no_log: true}}}
      deep: {type: dict, options: {c: {type: path, aliases: [d]}}, mutually_exclusive: [[c, d]], required_if: [[c, 1, [d]]]}
`;

export const VARS = `a: 1
b: [1, {c: "{{ a }}"}]
t: !unsafe "{{ not }}"
d: &d {x: y, "z w": null}
e: {<<: *d, x: 2}
f: 2001-12-14 21:59:43.10 -5
g: 0o17
h: |-
  text
   more
`;

export const YAML_INVENTORY = `all:
  vars: {a: 1, "b c": [x, y]}
  hosts:
    h[01:10:2]: {ansible_host: 10.0.0.1}
  children:
    web:
      hosts: {"w[a:c].example.org": , w1: }
      vars: {ansible_group_priority: 5}
    db: {children: {old: {hosts: {o1: {ansible_port: 22}}}}}
`;

export const INI_INVENTORY = `h1 ansible_host=10.0.0.1 port=80 name="a b" # note
[web]
w[1:3] x=['a', 1]
w9:2222
[::1]:22
[web:vars]
a = {'b': 1}
[all:children]
web
db
[db]
d[a:c:2].x
`;

export const CONSTRUCTED = `plugin: constructed
strict: false
compose: {x: "ansible_host | default('a')", y: inventory_hostname[0]}
groups: {live: "x is defined", "a-b": inventory_hostname == 'h1'}
keyed_groups:
  - {key: x, prefix: p, separator: _, parent_group: q, default_value: none, trailing_separator: false}
`;

export const TEMPLATE = `{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro -%}
{% for k, v in {'a': [1, 2], 'b': {'c': None}}.items() recursive %}
{{ loop.index }} {{ k | upper | replace('A', 'x') }} {{ v[0] | default('none') }}{% if not loop.last %},{% endif %}
{% else %}none{% endfor %}
{% set ns = namespace(x=0) %}{% set ns.x = ns.x + 1 %}{{ m(1, ns.x ** 2) }} {{ 'a%sb' % 3 }} {{ "%05.2f" | format(1.5) }}
{% filter indent(2) %}{{ [3, 1] | sort | join('-') ~ (1 if true else 2) }}{% endfilter %}{# note #}
{% raw %}{{ x }}{% endraw %} {{ 'text' | regex_replace('t(.)', '\\\\\\\\1') }} {{ range(5) | map('string') | select('match', '[1-3]') | list }}
{% macro w() %}<{{ caller() }}>{% endmacro %}{% call w() %}x{% endcall %}{{ {'k': 1} | combine({'l': 2}) | to_json }} {{ (5 // 2) is odd }} {{ 'abc'[1:] in 'abcd' }}
`;

export const MORE_TEMPLATES: readonly string[] = [
  `{{ '2001-01-01' | to_datetime('%Y-%m-%d') }} {{ 1700000000 | int | strftime('%F') if false }} {{ 'a:b' | split(':') | zip([1, 2]) | list }}
{{ [{'a': 1, 'b': [1, 2]}] | subelements('b') }} {{ {'a': {'b': 1}} | json_query('a.b') }} {{ 'x' | password_hash('sha512', 'abcdefgh') if false }}`,
  `{{ '10.0.0.1/24' | ansible.utils.ipaddr('network') }} {{ '10.0.0.0/8' | ipsubnet(24, 1) }} {{ 'fe80::1' | ipv6 }} {{ '1.2.3' is version('1.10', '<') }}
{{ "a: [1, {b: c}]" | from_yaml | to_nice_yaml(indent=2) }} {{ '{"a": 1}' | from_json }} {{ 'a,b\\n1,2' | community.general.from_csv }}`,
  `{{ 'aGk=' | b64decode }} {{ 'hi' | hash('sha1') }} {{ '/a/b/../c' | normpath }} {{ 'a' | ternary('b', 'c') }} {{ '5 MB' | human_to_bytes }} {{ [1, [2, [3]]] | flatten(1) }}
{{ ['b', 'a'] | sort(reverse=true) | unique | difference(['a']) | first }} {{ {'a': 1} | dict2items | items2dict }} {{ 'x=1' | regex_findall('(\\\\w)=(\\\\d)') }}`,
];

export const HANDLEBARS = `{{#each users as |host index|}}{{index}}: {{upper host.name}} {{#if host.port}}:{{host.port}}{{else}}-{{/if}}
{{/each}}{{! note }}{{{html}}}{{#with d}}{{x}}{{/with}}{{join (sort l) ","}}{{default x "y"}}`;

export const CONDITIONS: readonly string[] = [
  "a is defined and (b | int > 3 or not no) and 'x' in d",
  "ls | select('match', '^x') | list | length == 0",
  "d['y']['z'] == 'deep' and users[0]['none'] | default([]) | length > 1",
];

export const CONFIG = `[defaults]
inventory = hosts,more
forks = 10
roles_path = ~/.roles:/x
timeout = 30
gathering = smart
host_key_checking = False
stdout_callback = yaml
nocows = 1
[privilege_escalation]
become = True
become_method = sudo
[ssh_connection]
ssh_args = -o ControlMaster=auto -o "ProxyCommand x %h"
pipelining = true
[inventory]
enable_plugins = yaml, ini
`;

export const PATTERNS: readonly string[] = [
  'web[0:2]:&live:!old',
  '~(h|w)[0-9]+',
  'h*,w?,!h0[1-3]',
  'all:!web[-1]',
  '@hosts',
];

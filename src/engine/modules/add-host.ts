import type { Value } from '../model/value.ts';
import { equal, pyStr } from '../template/values.ts';
import { defineModule } from './define.ts';
import type { Controller } from './types.ts';

export const addHost = defineModule({
  name: 'add_host',
  collection: 'ansible.builtin',
  summary: 'Add a host to the inventory of this run',
  controllerOnly: true,
  runOnce: true,
  openArgs: true,
  args: {
    name: { type: 'str', aliases: ['host', 'hostname'], doc: 'Name, with `:port` if it has one.' },
    groups: { type: 'raw', aliases: ['group', 'groupname'], doc: 'Groups to put it in: a list, or commas between.' },
  },
  prepare(controller, args) {
    const { name, groups, vars } = read(args);
    return isKnown(controller, name, groups, vars);
  },
  plan(args, _before, known) {
    const { name, groups, vars, bad } = read(args);
    if (name === '') return { changes: [], failed: 'name, host or hostname needs to be provided' };
    if (bad) return { changes: [], failed: 'Groups must be specified as a list.' };
    const added = new Map<Value, Value>([
      ['host_name', name],
      ['groups', groups],
      ['host_vars', new Map<Value, Value>(vars)],
    ]);
    return {
      changes: [],
      changed: !known,
      result: { add_host: added },
      effects: [{ kind: 'add-host', name, groups, vars }],
    };
  },
  examples: '- add_host:\n    name: "{{ new_address }}"\n    groups: [fresh]\n    ansible_user: root',
});

interface Added {
  readonly name: string;
  readonly groups: string[];
  readonly vars: Map<string, Value>;
  readonly bad: boolean;
}

function read(args: object): Added {
  const { name: written, groups: listed, _raw_params: _, ...rest } = args as Record<string, Value>;
  const vars = new Map(Object.entries(rest));
  const { name, port } = splitPort(pyStr(written ?? ''));
  if (port !== undefined) vars.set('ansible_ssh_port', port);
  const bad = listed !== null && typeof listed !== 'string' && !Array.isArray(listed);
  const members = typeof listed === 'string' ? listed.split(',') : Array.isArray(listed) ? listed.map(pyStr) : [];
  const groups = members.map((group) => group.trim()).filter((group) => group !== '');
  return { name, groups: [...new Set(groups)], vars, bad };
}

/** `web1:2222`, `[::1]:22`; an address of version 6 without brackets has no port. */
function splitPort(text: string): { name: string; port?: number } {
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(text) ?? [];
  const name = bracketed ?? plain;
  return name === undefined ? { name: text } : { name, port: Number(port) };
}

/** Whether the inventory has all this already, so that nothing changes. */
function isKnown(controller: Controller, name: string, groups: string[], vars: ReadonlyMap<string, Value>): boolean {
  const inventory = controller.scope.get('groups');
  if (!(inventory instanceof Map)) return false;
  const isMember = (group: string) => {
    const members = inventory.get(group);
    return Array.isArray(members) && members.includes(name);
  };
  if (!['all', ...groups].every(isMember)) return false;
  const all = controller.scope.get('hostvars');
  const own = all instanceof Map ? all.get(name) : undefined;
  return own instanceof Map && [...vars].every(([key, value]) => own.has(key) && equal(own.get(key)!, value));
}

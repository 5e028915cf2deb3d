import { defineModule } from './define.ts';

export const groupBy = defineModule({
  name: 'group_by',
  collection: 'ansible.builtin',
  summary: 'Put hosts into groups made of a fact',
  controllerOnly: true,
  terse: true,
  args: {
    key: { type: 'str', required: true, doc: 'Name of the group; blanks become dashes.' },
    parents: { type: 'list', elements: 'str', default: ['all'], doc: 'Groups that the group is put in.' },
  },
  prepare(controller, { key }) {
    const mine = controller.scope.get('group_names');
    return Array.isArray(mine) && mine.includes(groupName(key));
  },
  plan({ key, parents }, _before, known) {
    const group = groupName(key);
    const above = parents.map(groupName);
    return {
      changes: [],
      changed: !known,
      result: { add_group: group, parent_groups: above },
      effects: [{ kind: 'group-by', group, parents: above }],
    };
  },
  examples: '- group_by: {key: "os_{{ ansible_distribution }}"}',
});

function groupName(text: string): string {
  return text.replaceAll(' ', '-');
}

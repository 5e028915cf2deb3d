import { describe, expect, test } from '@jest/globals';
import { read } from './support.ts';

const AWS = 'provider["registry.terraform.io/hashicorp/aws"]';
const STATE = JSON.stringify({
  version: 4,
  terraform_version: '1.9.0',
  outputs: { lb: { value: 'lb.example', type: 'string' }, token: { value: 'x', sensitive: true } },
  resources: [
    {
      mode: 'managed',
      type: 'aws_instance',
      name: 'k8s_master',
      provider: AWS,
      instances: [0, 1].map((index) => ({
        index_key: index,
        attributes: { private_ip: `10.0.0.${index}`, public_ip: '', tags: { Role: 'master' }, password_data: 'secret' },
        sensitive_attributes: [[{ type: 'get_attr', value: 'password_data' }]],
      })),
    },
    {
      module: 'module.workers',
      mode: 'managed',
      type: 'google_compute_instance',
      name: 'worker',
      provider: 'provider["registry.terraform.io/hashicorp/google"]',
      instances: [
        {
          attributes: {
            name: 'worker-a',
            labels: { env: 'prod' },
            network_interface: [{ network_ip: '10.1.0.1', access_config: [{ nat_ip: '192.0.2.7' }] }],
          },
        },
      ],
    },
    { mode: 'managed', type: 'aws_vpc', name: 'main', provider: AWS, instances: [{ attributes: { id: 'vpc-1' } }] },
    { mode: 'data', type: 'aws_instance', name: 'seen', provider: AWS, instances: [{ attributes: {} }] },
    {
      mode: 'managed',
      type: 'ansible_host',
      name: 'described',
      provider: 'provider["registry.terraform.io/ansible/ansible"]',
      instances: [{ attributes: { name: 'db1', groups: ['database'], variables: { ansible_host: '10.2.0.1' } } }],
    },
    {
      mode: 'managed',
      type: 'ansible_group',
      name: 'described',
      provider: 'provider["registry.terraform.io/ansible/ansible"]',
      instances: [{ attributes: { name: 'stores', children: ['database'], variables: { tier: 'data' } } }],
    },
  ],
});

describe('-i terraform.tfstate', () => {
  test('machines stand in groups by type, name, module and tags', async () => {
    const { groups, warnings } = await read({ 'terraform.tfstate': STATE }, ['terraform.tfstate']);
    expect(warnings).toEqual([]);
    expect(groups).toMatchObject({
      aws_instance: ['k8s_master-0', 'k8s_master-1'],
      k8s_master: ['k8s_master-0', 'k8s_master-1'],
      tag_Role_master: ['k8s_master-0', 'k8s_master-1'],
      google_compute_instance: ['worker-a'],
      module_workers: ['worker-a'],
      tag_env_prod: ['worker-a'],
      database: ['db1'],
    });
  });

  test('a machine has its address, and its attributes but for sensitive ones', async () => {
    const { vars } = await read({ 'terraform.tfstate': STATE }, ['terraform.tfstate']);
    expect(vars['k8s_master-1']?.['ansible_host']).toBe('10.0.0.1');
    expect(vars['worker-a']?.['ansible_host']).toBe('192.0.2.7');
    expect(vars['db1']).toEqual({ ansible_host: '10.2.0.1' });
    const { attributes } = Object.fromEntries(vars['k8s_master-0']!['terraform'] as Map<string, Map<string, string>>);
    expect([...attributes!.keys()]).toEqual(['private_ip', 'public_ip', 'tags']);
  });

  test('outputs are variables of all hosts, but for sensitive ones', async () => {
    const { groupVars } = await read({ 'terraform.tfstate': STATE }, ['terraform.tfstate']);
    expect(groupVars('all')).toEqual({ terraform_outputs: new Map([['lb', 'lb.example']]) });
    expect(groupVars('stores')).toEqual({ tier: 'data' });
  });

  test('values are data and no templates', async () => {
    const state = STATE.replace('10.2.0.1', '{{ 1 + 1 }}');
    const { vars } = await read({ 'a.tfstate': state }, ['a.tfstate']);
    expect(vars['db1']).toEqual({ ansible_host: '{{ 1 + 1 }}' });
  });

  test('terraform show -json', async () => {
    const shown = JSON.stringify({
      format_version: '1.0',
      terraform_version: '1.9.0',
      values: {
        outputs: {},
        root_module: {
          resources: [],
          child_modules: [
            {
              address: 'module.net',
              resources: [
                {
                  mode: 'managed',
                  type: 'hcloud_server',
                  name: 'node',
                  index: 'eu',
                  provider_name: 'registry.terraform.io/hetznercloud/hcloud',
                  values: { ipv4_address: '192.0.2.1', root_password: 'x' },
                  sensitive_values: { root_password: true },
                },
              ],
            },
          ],
        },
      },
    });
    const { groups, vars } = await read({ 'state.json': shown }, ['state.json']);
    expect(groups).toMatchObject({
      hcloud_server: ['net-node-eu'],
      node: ['net-node-eu'],
      module_net: ['net-node-eu'],
    });
    expect(vars['net-node-eu']?.['ansible_host']).toBe('192.0.2.1');
  });

  test.each([
    ['{"version": 3, "modules": []}', 'a Terraform state of version 3 cannot be read, only 4'],
    ['{"version": 3, "backend": {"type": "s3"}}', 'fetch it with: terraform state pull > terraform.tfstate'],
    ['{"version": 4', 'the Terraform state is no JSON'],
    ['[]', 'a Terraform state is a JSON object'],
  ])('%s is refused', async (text, message) => {
    const { warnings } = await read({ 'a.tfstate': text }, ['a.tfstate']);
    expect(warnings[0]).toContain(message);
  });
});

describe('plugins', () => {
  const beside = (options: string) =>
    read({ 'x.terraform.yml': options, 'terraform.tfstate': STATE }, ['x.terraform.yml']);

  test('terraform: groups and variables on top', async () => {
    const { groups, vars } = await beside(`plugin: terraform
path: terraform.tfstate
compose:
  ansible_user: "'ubuntu' if terraform.type == 'aws_instance' else 'debian'"
groups:
  first: terraform.index == 0
keyed_groups:
  - key: terraform.attributes.labels.env
    prefix: env
`);
    expect(groups).toMatchObject({ first: ['k8s_master-0'], env_prod: ['worker-a'] });
    expect(vars['worker-a']?.['ansible_user']).toBe('debian');
  });

  test('terraform_state: names by wishes, attributes as variables', async () => {
    const { groups, vars } = await beside(`plugin: cloud.terraform.terraform_state
backend_type: local
backend_config:
  path: terraform.tfstate
search_child_modules: true
hostnames:
  - tag:env
  - name: private_ip
    prefix: tag:Role
    separator: "-"
compose:
  ansible_host: private_ip
`);
    expect(groups['ungrouped']).toEqual(['master-10.0.0.0', 'master-10.0.0.1', 'prod']);
    expect(vars['master-10.0.0.1']).toMatchObject({ ansible_host: '10.0.0.1', private_ip: '10.0.0.1' });
  });

  test('terraform_provider: what the project describes', async () => {
    const { groups } = await beside('plugin: cloud.terraform.terraform_provider\nproject_path: .\n');
    expect(groups).toEqual({ ungrouped: [], stores: [], database: ['db1'] });
  });

  test('a backend is asked by Terraform, and its settings are in no argument', async () => {
    const program = `#!/bin/sh
case "$*" in *hush*) exit 9;; esac
if [ "$1" = state ]; then cat FOLDER/terraform.tfstate; fi
if [ "$1" = init ]; then exit $(test -f main.tf.json; echo $?); fi
`;
    const source = `plugin: cloud.terraform.terraform_state
backend_type: http
binary_path: FOLDER/terraform
backend_config: {address: 'https://state.example', password: hush}
`;
    const { groups, warnings } = await read(
      { 'x.terraform_state.yml': source, 'terraform.tfstate': STATE, terraform: program },
      ['x.terraform_state.yml'],
    );
    expect(warnings).toEqual([]);
    expect(groups['ungrouped']).toEqual(['aws_instance_k8s_master_0', 'aws_instance_k8s_master_1']);
  });
});

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type DryPlan, type DryProject, openDry, type Planned, runTerraform } from './dry-plan.ts';
import { declaredBy, expressionsOf, readProject, referencesIn } from './project.ts';

const PROJECT = 'playbooks/terraform/aws-ha';
const DATA = {
  'data.aws_availability_zones.available': { names: ['eu-1a', 'eu-1b', 'eu-1c', 'eu-1d'] },
  'data.aws_ami.debian': { id: 'ami-1' },
};
const VARIABLES = { region: 'eu-central-1', key_name: 'admin', ssh_cidrs: ['192.0.2.0/24'] };

const hasTerraform = spawnSync('terraform', ['version']).status === 0;
if (!hasTerraform)
  process.stderr.write('SKIPPED on this machine: what Terraform says of its project (it is not installed)\n');
const withTerraform = hasTerraform ? describe : describe.skip;

describe('references', () => {
  const blocks = readProject(PROJECT);
  const declared = blocks.flatMap(declaredBy);
  const used = blocks.flatMap(expressionsOf).flatMap(referencesIn);

  test('lead to something that is declared, once', () => {
    expect(new Set(declared).size).toBe(declared.length);
    expect(used.filter((reference) => !declared.includes(reference))).toEqual([]);
  });

  test('use every variable, local value and data source', () => {
    const unused = declared.filter((name) => !used.includes(name));
    expect(unused.filter((name) => !name.startsWith('aws_'))).toEqual([]);
  });
});

withTerraform('terraform', () => {
  let project: DryProject;
  beforeAll(async () => {
    project = await openDry(PROJECT, DATA);
  });
  afterAll(() => project.close());
  const plan = (variables: Record<string, unknown> = {}) => project.plan({ ...VARIABLES, ...variables });

  test('finds the files formatted', async () => {
    expect(await runTerraform(PROJECT, 'fmt', '-check', '-diff')).toMatchObject({ code: 0, stdout: '' });
  });

  test.each([
    [{}, 3],
    [{ control_plane_count: 5 }, 5],
  ])('plans for %j %i control planes in three zones, each behind the load balancer', async (variables, count) => {
    const made = await plan(variables);
    const machines = all(made, 'aws_instance.control_plane');
    expect(machines.map(({ values }) => [values['instance_type'], values['subnet_id']])).toEqual(
      Array.from({ length: count }, (_, at) => ['t3.large', `aws_subnet.cluster[${at % 3}]`]),
    );
    expect(
      all(made, 'aws_subnet.cluster').map(({ values }) => [values['availability_zone'], values['cidr_block']]),
    ).toEqual([
      ['eu-1a', '10.0.0.0/20'],
      ['eu-1b', '10.0.16.0/20'],
      ['eu-1c', '10.0.32.0/20'],
    ]);
    const targets = all(made, 'aws_lb_target_group_attachment.api');
    expect(targets.map(({ values }) => [values['target_id'], values['port']])).toEqual(
      machines.map(({ address }) => [address, 6443]),
    );
  });

  test.each([
    [
      { control_plane_count: 4, worker_count: 1.5, ssh_cidrs: ['0.0.0.0/0'], api_cidrs: ['office'] },
      ['There are 3 or 5 control planes', 'whole and not negative', 'is not opened to all', 'Each must be a network'],
    ],
    [
      { control_plane_count: 1, ssh_cidrs: [], cluster_name: 'Production', vpc_cidr: '10.0.0.0/29' },
      ['There are 3 or 5 control planes', 'at least one network', 'small letters', 'room for 16 subnets'],
    ],
  ])('refuses %j', async (variables, messages) => {
    const refusal = await plan(variables).then(JSON.stringify, ({ message }: Error) => message.replace(/[\s│]+/g, ' '));
    for (const message of messages) expect(refusal).toContain(message);
  });

  test('plans a network load balancer that asks API servers for their health', async () => {
    const made = await plan();
    expect(one(made, 'aws_lb.api')).toMatchObject({
      load_balancer_type: 'network',
      internal: true,
      security_groups: ['aws_security_group.api'],
      subnets: ['aws_subnet.cluster[0]', 'aws_subnet.cluster[1]', 'aws_subnet.cluster[2]'],
    });
    expect(one(made, 'aws_lb_listener.api')).toMatchObject({ port: 6443, protocol: 'TCP' });
    expect(one(made, 'aws_lb_target_group.api')).toMatchObject({
      port: 6443,
      protocol: 'TCP',
      preserve_client_ip: false,
      health_check: [{ protocol: 'HTTPS', port: 6443, path: '/readyz', matcher: '200' }],
    });
  });

  test('lets in just what the cluster needs', async () => {
    const made = await plan({ api_cidrs: ['198.51.100.0/24'], node_port_cidrs: ['203.0.113.0/24'] });
    expect(accesses(made)).toEqual([
      'api tcp/6443 from 198.51.100.0/24',
      'api tcp/6443 from node',
      'control_plane tcp/10257 from control_plane',
      'control_plane tcp/10259 from control_plane',
      'control_plane tcp/2379-2380 from control_plane',
      'control_plane tcp/6443 from api',
      'control_plane tcp/6443 from node',
      'node tcp/10250 from node',
      'node tcp/22 from 192.0.2.0/24',
      'node udp/8472 from node',
      'worker tcp/30000-32767 from 203.0.113.0/24',
    ]);
  });

  test('lets in every port that the firewall of the machines does', async () => {
    const made = await plan({ node_port_cidrs: ['203.0.113.0/24'] });
    const defaults = parse(readFileSync('roles/kubernetes-prerequisites/defaults/main.yml', 'utf8'));
    const services = { ...defaults.kubernetes_services_control_plane, ...defaults.kubernetes_services_worker };
    const opened = accesses(made).map((access) => access.split(' ')[1]);
    const wanted = Object.values({ ...services, ...defaults.kubernetes_services_network }).map((ports) =>
      String(ports)
        .replace(/(.*)\/(.*)/, '$2/$1')
        .replace(':', '-'),
    );
    expect(wanted.filter((port) => !opened.includes(port))).toEqual([]);
  });

  test('lets machines in at a load balancer on the internet', async () => {
    const made = await plan({ api_internal: false, worker_count: 1 });
    expect(accesses(made).filter((access) => access.startsWith('api'))).toEqual([
      'api tcp/6443 from aws_instance.control_plane[0].public_ip/32',
      'api tcp/6443 from aws_instance.control_plane[1].public_ip/32',
      'api tcp/6443 from aws_instance.control_plane[2].public_ip/32',
      'api tcp/6443 from aws_instance.worker[0].public_ip/32',
      'api tcp/6443 from node',
    ]);
  });

  test("gives the endpoint and the machines' addresses", async () => {
    expect((await plan({ cluster_name: 'prod', worker_count: 1 })).outputs).toEqual({
      api_endpoint: 'aws_lb.api.dns_name:6443',
      load_balancer_dns_name: 'aws_lb.api.dns_name',
      api_internal: true,
      cluster_name: 'prod',
      control_planes: {
        'prod-control-plane-1': 'aws_instance.control_plane[0].private_ip',
        'prod-control-plane-2': 'aws_instance.control_plane[1].private_ip',
        'prod-control-plane-3': 'aws_instance.control_plane[2].private_ip',
      },
      workers: { 'prod-worker-1': 'aws_instance.worker[0].private_ip' },
    });
  });

  test('keeps disks encrypted and the metadata service closed to requests without a token', async () => {
    const machines = (await plan()).resources.filter(({ address }) => address.startsWith('aws_instance.'));
    expect(machines).toHaveLength(5);
    for (const { values } of machines) {
      expect(values).toMatchObject({
        metadata_options: [{ http_tokens: 'required' }],
        root_block_device: [{ encrypted: true, volume_type: 'gp3' }],
      });
    }
  });
});

/** All instances of a resource, in the order of their numbers. */
function all({ resources }: DryPlan, name: string): Planned[] {
  return resources.filter(({ address }) => address === name || address.startsWith(`${name}[`));
}

function one(plan: DryPlan, name: string): Planned['values'] {
  const found = all(plan, name);
  expect(found).toHaveLength(1);
  return found[0]!.values;
}

/** Who is let in where, sorted: `api tcp/6443 from node`. */
function accesses({ resources }: DryPlan): string[] {
  const rules = resources.filter(({ address }) => address.startsWith('aws_vpc_security_group_ingress_rule.'));
  const group = (id: unknown) => String(id).replace('aws_security_group.', '');
  return rules
    .map(({ values: rule }) => {
      const ports =
        rule['from_port'] === rule['to_port'] ? rule['from_port'] : `${rule['from_port']}-${rule['to_port']}`;
      const source = rule['cidr_ipv4'] ?? group(rule['referenced_security_group_id']);
      return `${group(rule['security_group_id'])} ${rule['ip_protocol']}/${ports} from ${source}`;
    })
    .sort();
}

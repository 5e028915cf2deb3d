import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tsplay } from '../lab/tsplay.ts';

/** What the provider AWS writes after `terraform apply`. */
const RECORDED = 'test/terraform/recorded/terraform.tfstate';
const CONTROL_PLANES = ['ha-control-plane-1', 'ha-control-plane-2', 'ha-control-plane-3'];
const WORKERS = ['ha-worker-1', 'ha-worker-2'];

describe('inventories/aws-ha', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aws-ha-'));
  const inventory = join(folder, 'inventories/aws-ha');
  beforeAll(() => {
    cpSync('inventories/aws-ha', inventory, { recursive: true });
    cpSync(RECORDED, join(folder, 'playbooks/terraform/aws-ha/terraform.tfstate'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const value = async (host: string, expression: string) => {
    const { stdout } = await tsplay(
      'exec',
      host,
      '-i',
      inventory,
      '-c',
      'local',
      '-m',
      'debug',
      '-a',
      `msg={{ ${expression} }}`,
    );
    return JSON.parse(stdout.slice(stdout.indexOf('{'))).msg;
  };

  test('the machines of the state stand in the groups of the playbook, in the order of their numbers', async () => {
    const { stdout } = await tsplay('inventory', '--list', '-i', inventory);
    expect(JSON.parse(stdout)).toMatchObject({
      fastpass: { children: ['fastpass_control_plane', 'fastpass_workers'] },
      fastpass_control_plane: { hosts: CONTROL_PLANES },
      fastpass_workers: { hosts: WORKERS },
    });
  });

  test('they are reached at their public addresses, and each other at their private ones', async () => {
    const { stdout } = await tsplay('inventory', '--host', 'ha-control-plane-2', '-i', inventory);
    expect(JSON.parse(stdout)).toMatchObject({
      ansible_host: '203.0.113.12',
      ansible_user: 'admin',
      ip_address: '10.0.16.12',
    });
  });

  test('the endpoint is the load balancer of the outputs', async () => {
    const endpoint = 'ha-api-5f0c3a2b1d4e6f70.elb.eu-central-1.amazonaws.com:6443';
    expect(await value('ha-worker-1', 'control_plane_endpoint')).toBe(endpoint);
    expect(await value('ha-worker-1', '[cluster_name, kubeconfig_verify, first_control_plane_host]')).toEqual([
      'ha',
      false,
      'ha-control-plane-1',
    ]);
  });

  test('the playbook takes the first control plane, then the others, and leaves load balancing to AWS', async () => {
    const { code, stdout } = await tsplay('run', 'playbooks/ha-control-plane.yml', '-i', inventory, '--list-hosts');
    const plays = stdout.split(/\n\s*play #/).slice(1);
    const hosts = plays.map((play) => play.match(/^ {6}\S+$/gm)?.map((line) => line.trim()) ?? []);
    expect({ code, hosts }).toEqual({
      code: 0,
      hosts: [
        [],
        [...CONTROL_PLANES, ...WORKERS],
        ['ha-control-plane-1'],
        CONTROL_PLANES.slice(1),
        WORKERS,
        [],
        CONTROL_PLANES,
      ],
    });
  });
});

import { expect, test } from '@jest/globals';
import type { Value } from '../../../src/engine/model/value.ts';
import { Facts } from '../../../src/engine/vars/facts.ts';

test.each([
  'ansible_host',
  'ansible_port',
  'ansible_user',
  'ansible_connection',
  'ansible_password',
  'ansible_timeout',
  'ansible_private_key_file',
  'ansible_private_key_passphrase',
  'ansible_host_key_checking',
  'ansible_ssh_host_key_checking',
  'ansible_ssh_common_args',
  'ansible_ssh_executable',
  'ansible_become',
  'ansible_become_exe',
  'ansible_sudo_pass',
  'ansible_su_pass',
  'ansible_doas_password',
  'ansible_shell_executable',
  'ansible_python_interpreter',
  'ansible_play_hosts',
  'ansible_check_mode',
])('the fact %s is no variable of the host', (name) => {
  const facts = new Facts('h');
  facts.add(new Map<Value, Value>([[name, 'evil']]));
  expect([...facts.injected.keys()]).toEqual([]);
  expect(facts.dict.get(name.replace('ansible_', ''))).toBe('evil');
});

test.each([
  'ansible_hostname',
  'ansible_user_id',
  'ansible_user_dir',
  'ansible_ssh_host_key_rsa_public',
  'ansible_ssh_host_key_ed25519_public_keytype',
  'ansible_local',
  'ansible_docker0',
  'ansible_distribution_version',
])('the fact %s is', (name) => {
  const facts = new Facts('h');
  facts.add(new Map<Value, Value>([[name, 'good']]));
  expect(facts.injected.get(name)).toBe('good');
});

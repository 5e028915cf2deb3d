import { join } from 'node:path';
import { stringify } from 'yaml';
import { writeWhole } from './files.ts';
import { loginKeyFile, sshOptions } from './keys.ts';
import type { Lab } from './state.ts';

export function inventoryFile(lab: Lab): string {
  return join(lab.folder, 'hosts.yml');
}

/** The lab as an inventory: how to reach its hosts, and nothing else, so that it goes with any other `-i`. */
export function renderInventory(lab: Lab): string {
  const inventory = {
    all: {
      vars: {
        ansible_user: 'root',
        ansible_ssh_private_key_file: loginKeyFile(lab),
        ansible_ssh_common_args: sshOptions(lab).join(' '),
      },
      hosts: Object.fromEntries(lab.hosts.map(({ name, address }) => [name, { ansible_host: address }])),
    },
  };
  return `# Lab "${lab.name}": throw-away hosts on this machine.\n${stringify(inventory, { lineWidth: 0 })}`;
}

export function writeInventory(lab: Lab): void {
  writeWhole(inventoryFile(lab), renderInventory(lab));
}

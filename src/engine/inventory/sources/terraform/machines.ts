import type { Dict, Value } from '../../../model/value.ts';
import type { Resource } from './state.ts';

/** How a kind of machine says where it is. Paths of attributes, with numbers for places in lists; the first that is set counts. */
interface MachineKind {
  readonly address: readonly string[];
  readonly user?: string;
  /** Attribute that holds tags, if not `tags`. */
  readonly tags?: string;
}

/** Resources of the providers that are machines to log in to. */
const KINDS: Readonly<Record<string, MachineKind>> = {
  aws_instance: { address: ['public_ip', 'private_ip'] },
  aws_spot_instance_request: { address: ['public_ip', 'private_ip'] },
  aws_lightsail_instance: { address: ['public_ip_address', 'private_ip_address'], user: 'username' },
  azurerm_linux_virtual_machine: { address: ['public_ip_address', 'private_ip_address'], user: 'admin_username' },
  azurerm_virtual_machine: { address: [], user: 'os_profile.0.admin_username' },
  google_compute_instance: {
    address: ['network_interface.0.access_config.0.nat_ip', 'network_interface.0.network_ip'],
    tags: 'labels',
  },
  digitalocean_droplet: { address: ['ipv4_address', 'ipv4_address_private', 'ipv6_address'] },
  hcloud_server: { address: ['ipv4_address', 'ipv6_address'], tags: 'labels' },
  linode_instance: { address: ['ip_address', 'private_ip_address'] },
  openstack_compute_instance_v2: {
    address: ['access_ip_v4', 'network.0.fixed_ip_v4', 'access_ip_v6'],
    tags: 'metadata',
  },
  oci_core_instance: { address: ['public_ip', 'private_ip'], tags: 'freeform_tags' },
  vsphere_virtual_machine: { address: ['default_ip_address', 'clone.0.customize.0.network_interface.0.ipv4_address'] },
  proxmox_vm_qemu: { address: ['default_ipv4_address', 'ssh_host'], user: 'ssh_user' },
  libvirt_domain: { address: ['network_interface.0.addresses.0'] },
  lxd_instance: { address: ['ipv4_address', 'ipv6_address'] },
  scaleway_instance_server: { address: ['public_ip', 'public_ips.0.address', 'private_ip'] },
  vultr_instance: { address: ['main_ip', 'internal_ip', 'v6_main_ip'] },
  exoscale_compute_instance: { address: ['public_ip_address', 'ipv6_address'], tags: 'labels' },
  equinix_metal_device: { address: ['access_public_ipv4', 'access_private_ipv4'] },
  upcloud_server: { address: ['network_interface.0.ip_address'], tags: 'labels' },
  tencentcloud_instance: { address: ['public_ip', 'private_ip'] },
  alicloud_instance: { address: ['public_ip', 'private_ip'] },
  yandex_compute_instance: {
    address: ['network_interface.0.nat_ip_address', 'network_interface.0.ip_address'],
    tags: 'labels',
  },
  ibm_is_instance: { address: ['primary_network_interface.0.primary_ipv4_address'] },
  ncloud_server: { address: ['public_ip', 'network_interface.0.private_ip'] },
};

export function isMachine({ type }: Resource): boolean {
  return Object.hasOwn(KINDS, type);
}

/** Where the machine is; undefined where the state does not say. */
export function addressOf(machine: Resource): string | undefined {
  return firstText(machine.attributes, KINDS[machine.type]?.address ?? []);
}

/** The user that the machine was made with. */
export function userOf(machine: Resource): string | undefined {
  const { user } = KINDS[machine.type] ?? {};
  return user === undefined ? undefined : firstText(machine.attributes, [user]);
}

/** Tags of a machine by name; a list of tags has them without values. */
export function tagsOf(machine: Resource): ReadonlyMap<string, string> {
  const names = [KINDS[machine.type]?.tags ?? 'tags', 'tags_all', 'tags'];
  for (const name of names) {
    const tags = machine.attributes.get(name);
    if (tags instanceof Map && tags.size > 0)
      return new Map([...tags].map(([key, value]) => [String(key), asText(value)]));
    if (Array.isArray(tags) && tags.length > 0) return new Map(tags.map((tag) => [asText(tag), '']));
  }
  return new Map();
}

function firstText(attributes: Dict, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const value = at(attributes, path.split('.'));
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function at(value: Value | undefined, [step, ...rest]: readonly string[]): Value | undefined {
  if (step === undefined) return value;
  if (Array.isArray(value)) return at(value[Number(step)], rest);
  return value instanceof Map ? at(value.get(step), rest) : undefined;
}

function asText(value: Value): string {
  return value === null ? '' : String(value);
}

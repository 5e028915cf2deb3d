import type { Dict, Raw, Value } from '../../../model/value.ts';
import { ensureGroup, joinGroup } from '../../edit.ts';
import { safeGroupName } from '../../group-names.ts';
import { addHosts, type SourceContext, topOf } from '../source.ts';
import { addressOf, isMachine, tagsOf, userOf } from './machines.ts';
import { addDescribed } from './provider.ts';
import { parseState, type Resource, type TerraformState } from './state.ts';

/** A state file by its ending, or the output of `terraform show -json` by how it begins. */
export function isTerraformState(path: string, text: string): boolean {
  if (/\.tfstate(?:\.json)?$/.test(path)) return true;
  return /^\s*\{/.test(text) && /"terraform_version"\s*:/.test(text.slice(0, 400));
}

/** Reads a state as an inventory. Throws TsplayError. */
export function readTerraformState(context: SourceContext, text: string): void {
  addState(context, parseState(text, topOf(context)));
}

/**
 * Adds the hosts that a state describes (`ansible_host`) and the machines in it, each with its address, in groups by
 * type, name, module and tags. Outputs are variables of all hosts. Gives the machines by the names they got.
 */
export function addState(context: SourceContext, { resources, outputs }: TerraformState): Map<string, Resource> {
  addDescribed(context, resources);
  const machines = named(resources.filter(isMachine));
  for (const [name, machine] of machines) addMachine(context, name, machine);
  if (outputs.size > 0) ensureGroup(context.inventory, 'all').vars.set('terraform_outputs', outputs);
  return machines;
}

function addMachine(context: SourceContext, name: string, machine: Resource): void {
  addHosts(context, safeGroupName(machine.type), { names: [name] }, variablesOf(machine));
  for (const group of groupsOf(machine)) {
    ensureGroup(context.inventory, group);
    joinGroup(context.inventory, name, group);
  }
}

function groupsOf(machine: Resource): string[] {
  const tags = [...tagsOf(machine)].map(([key, value]) => `tag_${key}${value === '' ? '' : `_${value}`}`);
  const modules = machine.module === '' ? [] : [machine.module.replaceAll('module.', 'module_')];
  return [machine.name, ...modules, ...tags].map(safeGroupName);
}

function variablesOf(machine: Resource): Map<string, Raw> {
  const [address, user] = [addressOf(machine), userOf(machine)];
  const about: Dict = new Map<Value, Value>([
    ['type', machine.type],
    ['name', machine.name],
    ['index', machine.index ?? null],
    ['module', machine.module],
    ['attributes', machine.attributes],
  ]);
  return new Map<string, Raw>([
    ...(address === undefined ? [] : [['ansible_host', address] as const]),
    ...(user === undefined ? [] : [['ansible_user', user] as const]),
    ['terraform', about],
  ]);
}

/** By the tag Name or the machine's own name where that is one machine's alone, else by its address in the state. */
function named(machines: readonly Resource[]): Map<string, Resource> {
  const wanted = machines.map((machine) => ownName(machine) ?? addressIn(machine));
  const isShared = (name: string) => wanted.indexOf(name) !== wanted.lastIndexOf(name);
  return new Map(
    machines.map((machine, at) => [isShared(wanted[at]!) ? addressIn(machine) : wanted[at]!, machine] as const),
  );
}

function ownName(machine: Resource): string | undefined {
  const name = tagsOf(machine).get('Name') || machine.attributes.get('name') || machine.attributes.get('label');
  return typeof name === 'string' && /^[\w.-]+$/.test(name) ? name : undefined;
}

/** `network-web-0` for `module.network.aws_instance.web[0]`. */
function addressIn({ module, name, index }: Resource): string {
  const path = module.split('.').filter((part) => part !== '' && part !== 'module');
  const parts = [...path, name, ...(index === undefined ? [] : [String(index)])];
  return parts
    .join('-')
    .replace(/[^\w.-]+/g, '-')
    .replace(/-+$/, '');
}

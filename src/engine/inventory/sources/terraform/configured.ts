import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Dict, Raw, Value } from '../../../model/value.ts';
import { truthy } from '../../../template/values.ts';
import { statPath } from '../../../yaml/stat-path.ts';
import { reconcile } from '../../edit.ts';
import { readTrusted } from '../../trusted-file.ts';
import { applyFeatures, readFeatures } from '../constructed/features.ts';
import { addHosts, failSource, type SourceContext, topOf } from '../source.ts';
import { addState } from './direct.ts';
import { preferredName } from './hostnames.ts';
import { isMachine } from './machines.ts';
import { type Backend, pullState, showState } from './program.ts';
import { addDescribed } from './provider.ts';
import { parseState, type Resource } from './state.ts';

/** `plugin: terraform`: a state as `-i terraform.tfstate` reads it, with groups and variables computed on top. */
export async function readTerraform(context: SourceContext, options: Dict): Promise<void> {
  for (const text of await projectStates(context, options)) {
    const machines = addState(context, parseState(text, topOf(context)));
    compute(context, options, machines.keys());
  }
}

/** `plugin: cloud.terraform.terraform_provider`: the hosts and groups that a project describes. */
export async function readTerraformProvider(context: SourceContext, options: Dict): Promise<void> {
  const below = truthy(options.get('search_child_modules') ?? true);
  for (const text of await projectStates(context, options)) {
    const { resources } = parseState(text, topOf(context));
    addDescribed(
      context,
      resources.filter(({ module }) => below || module === ''),
    );
  }
}

/** `plugin: cloud.terraform.terraform_state`: machines of a backend's state, with their attributes as variables. */
export async function readTerraformBackend(context: SourceContext, options: Dict): Promise<void> {
  const { resources } = parseState(await backendState(context, options), topOf(context));
  const below = truthy(options.get('search_child_modules') ?? false);
  const isWanted = machineFilter(options.get('provider_mapping'));
  const names = new Set<string>();
  for (const resource of resources) {
    if ((resource.module !== '' && !below) || !isWanted(resource)) continue;
    const name = preferredName(resource, options.get('hostnames'), topOf(context));
    if (name === undefined) continue;
    const vars = [...resource.attributes].map(([key, value]) => [String(key), value] as const);
    addHosts(context, 'ungrouped', { names: [name] }, new Map<string, Raw>(vars));
    names.add(name);
  }
  compute(context, options, names);
}

function machineFilter(mapping: Value | undefined): (resource: Resource) => boolean {
  const more = (Array.isArray(mapping) ? mapping : []).filter((entry): entry is Dict => entry instanceof Map);
  const isMapped = ({ type, provider }: Resource) =>
    more.some((entry) => entry.get('provider_name') === provider && listed(entry.get('types')).includes(type));
  return (resource) => isMachine(resource) || isMapped(resource);
}

function compute(context: SourceContext, options: Dict, names: Iterable<string>): void {
  const { inventory, scopeOf } = context;
  if (!scopeOf) return;
  const features = readFeatures(options, topOf(context));
  reconcile(inventory);
  for (const name of names) {
    applyFeatures(inventory, name, features, () => scopeOf(inventory, name, { varsFiles: false, extraVars: false }));
  }
}

/** A local backend's file is read here; others are Terraform's affair. */
async function backendState(context: SourceContext, options: Dict): Promise<string> {
  const type = options.get('backend_type');
  if (typeof type !== 'string') failSource("the option 'backend_type' is needed", topOf(context));
  const given = options.get('backend_config') ?? new Map();
  const config: Dict =
    given instanceof Map ? (given as Dict) : failSource('backend_config is a dictionary', topOf(context));
  const files = listed(options.get('backend_config_files'));
  const path = config.get('path');
  if (type === 'local' && typeof path === 'string' && existsSync(beside(context, path))) {
    return readTrusted(beside(context, path), context.decryption);
  }
  if (config.size === 0 && files.length === 0) {
    failSource("one of the options 'backend_config' and 'backend_config_files' is needed", topOf(context));
  }
  return cached(context, 'backend', () =>
    pullState(context, programOf(options), { type, config, files } satisfies Backend),
  );
}

/** The states of all projects that are named; of the current folder where none is. */
async function projectStates(context: SourceContext, options: Dict): Promise<string[]> {
  const file = options.get('state_file') ?? options.get('path');
  const projects = listed(options.get('project_path'));
  if (projects.length === 0 && typeof file === 'string' && existsSync(beside(context, file))) {
    return [readTrusted(beside(context, file), context.decryption)];
  }
  const folders = projects.length > 0 ? projects.map((path) => beside(context, path)) : [process.cwd()];
  return Promise.all(folders.map((folder) => projectState(context, folder, file, options)));
}

function projectState(
  context: SourceContext,
  folder: string,
  file: Value | undefined,
  options: Dict,
): string | Promise<string> {
  if (!statPath(folder)?.isDirectory()) {
    failSource(`the project folder ${folder} does not exist`, topOf(context));
  }
  const state = typeof file === 'string' ? resolve(folder, file) : join(folder, 'terraform.tfstate');
  if (existsSync(state)) return readTrusted(state, context.decryption);
  const named = typeof file === 'string' ? state : undefined;
  return cached(context, folder, () => showState(context, programOf(options), folder, named));
}

async function cached(
  { settings: { cache }, path }: SourceContext,
  part: string,
  ask: () => Promise<string>,
): Promise<string> {
  const key = `${path}\0${part}`;
  const kept = cache?.get(key);
  if (kept !== undefined) return kept;
  const text = await ask();
  cache?.set(key, text);
  return text;
}

function programOf(options: Dict): string {
  const path = options.get('binary_path');
  return typeof path === 'string' ? path : 'terraform';
}

/** Paths are meant from the folder of the source, as in other files of a project. */
function beside({ path }: SourceContext, name: string): string {
  return resolve(dirname(path), name);
}

function listed(value: Value | undefined): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? [value] : [];
}

import type { Position } from '../../../model/source.ts';
import type { Dict, Value } from '../../../model/value.ts';
import { parseJson } from '../../../template/filters/json/parse.ts';
import { failSource } from '../source.ts';

/** One thing that Terraform made: an instance of a resource. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  /** Of `count` a number, of `for_each` a text. */
  readonly index: number | string | undefined;
  /** `registry.terraform.io/hashicorp/aws` */
  readonly provider: string;
  /** `module.network`; empty for the root module. */
  readonly module: string;
  /** Without those that are marked as sensitive. */
  readonly attributes: Dict;
}

export interface TerraformState {
  readonly resources: readonly Resource[];
  /** Outputs that are not sensitive. */
  readonly outputs: Dict;
}

/** Reads a state file (version 4) or what `terraform show -json` prints. Throws TsplayError. */
export function parseState(text: string, position: Position): TerraformState {
  const state = parsed(text, position);
  const values = state.get('values');
  if (values instanceof Map) return ofShow(values);
  if (state.has('format_version')) return { resources: [], outputs: new Map() };
  if (state.has('backend') && !Array.isArray(state.get('resources'))) {
    failSource('the file says where the state is, and is none itself', position, REMOTE_HINT);
  }
  if (state.get('version') !== 4) {
    const hint = 'write it anew with Terraform 0.12 or later, or give the output of: terraform show -json';
    failSource(`a Terraform state of version ${String(state.get('version'))} cannot be read, only 4`, position, hint);
  }
  return ofFile(state);
}

const REMOTE_HINT = 'fetch it with: terraform state pull > terraform.tfstate';

function parsed(text: string, position: Position): Dict {
  let value: Value;
  try {
    value = parseJson(text);
  } catch (cause) {
    failSource(`the Terraform state is no JSON: ${(cause as Error).message}`, position);
  }
  if (value instanceof Map) return value as Dict;
  return failSource('a Terraform state is a JSON object', position);
}

function ofFile(state: Dict): TerraformState {
  const resources = dicts(state.get('resources')).filter((resource) => resource.get('mode') === 'managed');
  return {
    resources: resources.flatMap((resource) =>
      dicts(resource.get('instances')).map((instance) => ({
        type: text(resource.get('type')),
        name: text(resource.get('name')),
        index: indexOf(instance.get('index_key')),
        provider: /provider\["(.*)"\]/.exec(text(resource.get('provider')))?.[1] ?? text(resource.get('provider')),
        module: text(resource.get('module')),
        attributes: without(instance.get('attributes'), sensitivePaths(instance.get('sensitive_attributes'))),
      })),
    ),
    outputs: plainOutputs(state.get('outputs')),
  };
}

function ofShow(values: Dict): TerraformState {
  return {
    resources: ofModule(values.get('root_module'), ''),
    outputs: plainOutputs(values.get('outputs')),
  };
}

function ofModule(module: Value | undefined, address: string): Resource[] {
  if (!(module instanceof Map)) return [];
  const own = dicts(module.get('resources')).filter((resource) => resource.get('mode') === 'managed');
  const below = dicts(module.get('child_modules'));
  return [
    ...own.map((resource) => ({
      type: text(resource.get('type')),
      name: text(resource.get('name')),
      index: indexOf(resource.get('index')),
      provider: text(resource.get('provider_name')),
      module: address,
      attributes: without(resource.get('values'), markedNames(resource.get('sensitive_values'))),
    })),
    ...below.flatMap((child) => ofModule(child, text(child.get('address')))),
  ];
}

/** First names of the paths that a state file marks: `[[{"type": "get_attr", "value": "password"}]]`. */
function sensitivePaths(paths: Value | undefined): Set<string> {
  const steps = Array.isArray(paths) ? paths.map((path) => (Array.isArray(path) ? path[0] : path)) : [];
  return new Set(steps.flatMap((step) => (step instanceof Map ? [text(step.get('value'))] : [])));
}

/** Names whose value is sensitive as a whole: `{"password": true}`. */
function markedNames(marks: Value | undefined): Set<string> {
  if (!(marks instanceof Map)) return new Set();
  return new Set([...marks].filter(([, mark]) => mark === true).map(([name]) => text(name)));
}

function without(attributes: Value | undefined, names: ReadonlySet<string>): Dict {
  if (!(attributes instanceof Map)) return new Map();
  return new Map([...attributes].filter(([name]) => !names.has(text(name))));
}

function plainOutputs(outputs: Value | undefined): Dict {
  if (!(outputs instanceof Map)) return new Map();
  const plain = [...outputs].filter(([, output]) => output instanceof Map && output.get('sensitive') !== true);
  return new Map(plain.map(([name, output]) => [name, (output as Dict).get('value') ?? null]));
}

function indexOf(value: Value | undefined): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

function dicts(value: Value | undefined): Dict[] {
  return Array.isArray(value) ? value.filter((item): item is Dict => item instanceof Map) : [];
}

function text(value: Value | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}

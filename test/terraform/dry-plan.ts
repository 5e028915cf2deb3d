import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, run } from '../lab/run.ts';
import type { Block, Body } from './hcl.ts';
import { readProject, replaceReferences } from './project.ts';

/** A resource that Terraform would make: its address (`aws_instance.control_plane[0]`) and its arguments. */
export interface Planned {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface DryPlan {
  readonly resources: readonly Planned[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What the provider would know after making it, besides `id` and `arn`. Its value here is `ADDRESS.ATTRIBUTE`. */
const COMPUTED: Readonly<Record<string, readonly string[]>> = {
  aws_instance: ['private_ip', 'public_ip'],
  aws_lb: ['dns_name'],
};

const META = new Set(['count', 'for_each', 'depends_on']);

/** A project as Terraform sees it, without the provider; `close` removes what it needed. */
export interface DryProject {
  /** What would be made with these variables. Throws Error with what Terraform says. */
  plan(variables: Readonly<Record<string, unknown>>): Promise<DryPlan>;
  close(): void;
}

/**
 * Works out what a project of the provider AWS would make, by Terraform itself but without the provider: each resource
 * becomes one of Terraform's own (`terraform_data`) that holds its arguments, so that variables and their validation,
 * counts, references and functions are the real ones. What the provider would check, it cannot. `data` gives the values of
 * data sources.
 */
export async function openDry(project: string, data: Readonly<Record<string, unknown>>): Promise<DryProject> {
  const folder = mkdtempSync(join(tmpdir(), 'dry-plan-'));
  const terraform = async (...args: string[]): Promise<string> => {
    const answer = await runTerraform(folder, ...args);
    if (answer.code !== 0) throw new Error(answer.stderr);
    return answer.stdout;
  };
  writeFileSync(join(folder, 'main.tf'), translate(readProject(project), data));
  await terraform('init', '-backend=false');
  return {
    async plan(variables) {
      writeFileSync(join(folder, 'terraform.tfvars.json'), JSON.stringify(variables));
      await terraform('plan', '-input=false', '-refresh=false', '-out=plan');
      return ofPlan(JSON.parse(await terraform('show', '-json', 'plan')));
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}

export function runTerraform(folder: string, ...args: string[]): Promise<Answer> {
  const env = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', TF_IN_AUTOMATION: '1', NO_COLOR: '1' };
  return run('terraform', [`-chdir=${folder}`, ...args], '', env);
}

interface PlannedValues {
  readonly root_module: {
    readonly resources?: readonly {
      readonly address: string;
      readonly values: { readonly input: Planned['values'] };
    }[];
  };
  readonly outputs?: Record<string, { readonly value: unknown }>;
}

function ofPlan({ planned_values }: { planned_values: PlannedValues }): DryPlan {
  const { root_module, outputs = {} } = planned_values;
  return {
    resources: (root_module.resources ?? []).map(({ address, values }) => ({
      address: address.replace('terraform_data.', '').replace('__', '.').replaceAll('"', ''),
      values: values.input,
    })),
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])),
  };
}

function translate(blocks: readonly Block[], data: Readonly<Record<string, unknown>>): string {
  const seen = Object.entries(data).map(([name, value]) => `  ${localOf(name)} = ${JSON.stringify(value)}\n`);
  return `locals {\n${seen.join('')}}\n${blocks.map(translateBlock).join('')}`;
}

function translateBlock(block: Block): string {
  if (block.type === 'resource') return translateResource(block);
  if (block.type === 'variable' || block.type === 'locals' || block.type === 'output') return print(block);
  return ''; // providers and their data
}

/** Arguments become the input of a `terraform_data`; a local value of its shape stands for the resource elsewhere. */
function translateResource({ labels, attributes, blocks }: Block): string {
  const name = labels.join('__');
  const [count, each] = [attributes.get('count'), attributes.get('for_each')];
  const key = count ? '[${count.index}]' : each ? '[${each.key}]' : '';
  const address = `${labels.join('.')}${key}`;
  const known = ['id', 'arn', ...(COMPUTED[labels[0]!] ?? [])].map((attribute) => {
    return `    ${attribute} = "${address}${attribute === 'id' ? '' : `.${attribute}`}"\n`;
  });
  const repeat = count ? `  count = ${refer(count)}\n` : each ? `  for_each = ${refer(each)}\n` : '';
  const whole = `terraform_data.${name}`;
  const shape = count
    ? `${whole}[*].input`
    : each
      ? `{ for key, one in ${whole} : key => one.input }`
      : `${whole}.input`;
  return `resource "terraform_data" "${name}" {
${repeat}  input = {
${known.join('')}${printArguments({ attributes, blocks })}  }
}
locals {
  ${localOf(labels.join('.'))} = ${shape}
}
`;
}

/** Blocks within a resource are lists of objects, as the provider gives them. */
function printArguments({ attributes, blocks }: Body): string {
  const own = [...attributes].filter(([name]) => !META.has(name)).map(([name, value]) => `${name} = ${refer(value)}\n`);
  const inner = blocks.filter(({ type }) => type !== 'lifecycle');
  const types = [...new Set(inner.map(({ type }) => type))];
  const lists = types.map((type) => {
    const same = inner.filter((block) => block.type === type);
    return `${type} = [${same.map((block) => `{\n${printArguments(block)}}`).join(', ')}]\n`;
  });
  return [...own, ...lists].join('');
}

function print({ type, labels, attributes, blocks }: Block): string {
  const own = [...attributes].map(([name, value]) => `${name} = ${refer(value)}\n`);
  const head = [type, ...labels.map((label) => `"${label}"`)].join(' ');
  return `${head} {\n${own.join('')}${blocks.map(print).join('')}}\n`;
}

function refer(expression: string): string {
  return replaceReferences(expression, (reference) => {
    return /^(var|local)\./.test(reference) ? reference : `local.${localOf(reference)}`;
  });
}

/** `aws_lb.api` as the name of a local value. */
function localOf(reference: string): string {
  return reference.replaceAll('.', '__');
}

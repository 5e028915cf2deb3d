import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Block, readHcl } from './hcl.ts';

/** All blocks of a Terraform project's files. */
export function readProject(folder: string): Block[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.tf'));
  return files.flatMap((name) => [...readHcl(readFileSync(join(folder, name), 'utf8')).blocks]);
}

/** Every expression of a block and of the blocks in it. */
export function expressionsOf(block: Block): string[] {
  return [...block.attributes.values(), ...block.blocks.flatMap(expressionsOf)];
}

/** What expressions may refer to: `var.region`, `local.zones`, `aws_lb.api`, `data.aws_ami.debian`. */
export function declaredBy(block: Block): string[] {
  switch (block.type) {
    case 'variable':
      return [`var.${block.labels[0]}`];
    case 'locals':
      return [...block.attributes.keys()].map((name) => `local.${name}`);
    case 'resource':
      return [block.labels.join('.')];
    case 'data':
      return [`data.${block.labels.join('.')}`];
    default:
      return [];
  }
}

const REFERENCE = /(?<![\w."-])(?:var\.\w+|local\.\w+|data\.\w+\.\w+|aws_\w+\.\w+)/g;

/** What an expression refers to, in the spelling of `declaredBy`. */
export function referencesIn(expression: string): string[] {
  return expression.match(REFERENCE) ?? [];
}

export function replaceReferences(expression: string, replace: (reference: string) => string): string {
  return expression.replace(REFERENCE, replace);
}

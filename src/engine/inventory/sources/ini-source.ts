import type { Position } from '../../model/source.ts';
import type { Raw } from '../../model/value.ts';
import { addChild, ensureGroup, setGroupVar } from '../edit.ts';
import { expandHosts } from '../host-range.ts';
import { compileAll } from '../trusted-file.ts';
import { readLiteral } from './literal.ts';
import { addHosts, failSource, type SourceContext } from './source.ts';
import { splitWords } from './words.ts';

const SECTION = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/;
const GROUP_NAME = /^([^:\]\s]+)\s*(?:#.*)?$/;

type SectionKind = 'hosts' | 'children' | 'vars';

/** Names of groups that no section has declared yet, and where they were used. */
type Pending = Map<string, { readonly message: string; readonly position: Position }>;

/** Reads an INI inventory: sections of hosts, `[group:vars]` and `[group:children]`. Throws TsplayError. */
export function readIniSource(context: SourceContext, text: string): void {
  const declared = new Set(context.inventory.groups.keys());
  const pending: Pending = new Map();
  let group = 'ungrouped';
  let kind: SectionKind = 'hosts';
  for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const position = { file: context.path, line: index + 1, column: raw.length - raw.trimStart().length + 1 };
    if (line.startsWith('[')) {
      const section = readSection(line, position);
      if (section) {
        ({ group, kind } = section);
        ensureGroup(context.inventory, group);
        if (kind === 'vars' && !declared.has(group)) {
          const message = `Section [${group}:vars] not valid for undefined group: ${group}`;
          if (!pending.has(group)) pending.set(group, { message, position });
        } else {
          declared.add(group);
        }
        continue;
      }
    }
    if (kind === 'hosts') readHost(context, group, line, position);
    else if (kind === 'vars') readVar(context, group, line, position);
    else readChild(context, group, line, position, pending);
  }
  for (const [name, { message, position }] of pending) {
    if (!declared.has(name)) failSource(message, position, `declare the group with a line [${name}]`);
  }
}

/** A section's head; undefined for a host whose name begins with a bracket, as `[1:3]web` does. */
function readSection(line: string, position: Position): { group: string; kind: SectionKind } | undefined {
  const [, group, kind = 'hosts'] = SECTION.exec(line) ?? [];
  if (group !== undefined) {
    if (kind === 'hosts' || kind === 'children' || kind === 'vars') return { group, kind };
    failSource(`Section [${group}:${kind}] has unknown type: ${kind}`, position, 'it is hosts, children or vars');
  }
  if (!line.endsWith(']')) return undefined;
  failSource(
    `Invalid section entry: '${line}'`,
    position,
    'make sure that there are no spaces in the section entry, and no other invalid characters',
  );
}

function readHost(context: SourceContext, group: string, line: string, position: Position): void {
  const words = splitWords(line);
  const first = words?.[0];
  if (!words || !first) {
    failSource(`Error parsing host definition '${line}': No closing quotation`, position, 'close the quote');
  }
  const vars = new Map<string, Raw>();
  for (const { text, at } of words.slice(1)) {
    const place = { ...position, column: position.column + at };
    const equals = text.indexOf('=');
    if (equals < 0) {
      failSource(
        `Expected key=value host variable assignment, got: ${text}`,
        place,
        'one host stands on a line, and a value with spaces needs quotes',
      );
    }
    vars.set(text.slice(0, equals), toRaw(context, text.slice(equals + 1), place));
  }
  if (first.text === '---') {
    failSource(
      "Invalid host pattern '---' supplied, '---' is normally a sign this is a YAML file.",
      position,
      'give the file the ending .yml',
    );
  }
  const hosts = expandHosts(first.text, position);
  if (first.text.endsWith(':') && hosts.port === undefined) {
    failSource(
      `Invalid host pattern '${first.text}' supplied, ending in ':' is not allowed, this character is reserved to provide a port.`,
      position,
      'give a YAML file the ending .yml',
    );
  }
  addHosts(context, group, hosts, vars);
}

function readVar(context: SourceContext, group: string, line: string, position: Position): void {
  const equals = line.indexOf('=');
  if (equals < 0) failSource(`Expected key=value, got: ${line}`, position, 'write name=value');
  const value = toRaw(context, line.slice(equals + 1).trim(), position);
  setGroupVar(context.inventory.groups.get(group)!, line.slice(0, equals).trim(), value);
}

function readChild(context: SourceContext, group: string, line: string, position: Position, pending: Pending): void {
  const name = GROUP_NAME.exec(line)?.[1];
  if (name === undefined) failSource(`Expected group name, got: ${line}`, position, 'one name stands on a line');
  if (!context.inventory.groups.has(name)) {
    pending.set(name, { message: `Section [${group}:children] includes undefined group: ${name}`, position });
  }
  ensureGroup(context.inventory, name);
  addChild(context.inventory, group, name, position);
}

function toRaw(context: SourceContext, text: string, position: Position): Raw {
  return compileAll(readLiteral(text), context.compile, position);
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Raw, Value } from '../../model/value.ts';
import { parseJson } from '../../template/filters/json/parse.ts';
import { addChild, ensureGroup, setGroupVar } from '../edit.ts';
import { compileAll } from '../trusted-file.ts';
import { addHosts, failSource, type SourceContext } from './source.ts';

const run = promisify(execFile);
const MAX_OUTPUT = 256 * 1024 * 1024;
const PARTS = ['hosts', 'vars', 'children'];

/** Runs an inventory script with `--list`, and with `--host` for each host where it gives no `_meta`. Throws TsplayError. */
export async function readScriptSource(context: SourceContext): Promise<void> {
  const groups = await ask(context, ['--list']);
  const hosts = new Set<string>();
  for (const [name, data] of groups) if (name !== '_meta') readGroup(context, String(name), data, hosts);
  const meta = groups.get('_meta');
  const known = meta instanceof Map ? meta.get('hostvars') : undefined;
  for (const name of hosts) {
    const vars = known === undefined ? await ask(context, ['--host', name]) : known instanceof Map && known.get(name);
    const host = context.inventory.hosts.get(name)!;
    if (vars instanceof Map) for (const [key, value] of vars) host.vars.set(String(key), toRaw(context, value));
  }
}

async function ask(context: SourceContext, args: string[]): Promise<Map<Value, Value>> {
  const position = { file: context.path, line: 1, column: 1 };
  let text: string;
  try {
    text = (await run(context.path, args, { maxBuffer: MAX_OUTPUT })).stdout;
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    const reason = stderr.trim() || message;
    failSource(`the inventory script failed: ${reason}`, position, `try it: ${context.path} ${args.join(' ')}`);
  }
  if (text.trim() === '') return new Map();
  let value: Value;
  try {
    value = parseJson(text);
  } catch (cause) {
    failSource(`the inventory script wrote no JSON: ${(cause as Error).message}`, position);
  }
  if (value instanceof Map) return value;
  failSource('the inventory script must write a JSON object', position);
}

function readGroup(context: SourceContext, name: string, data: Value, seen: Set<string>): void {
  const position = { file: context.path, line: 1, column: 1 };
  const group = ensureGroup(context.inventory, name);
  const parts = toParts(name, data);
  const hosts = parts.get('hosts') ?? [];
  if (!Array.isArray(hosts)) failSource(`group '${name}' has bad data for the host list`, position);
  for (const host of hosts) {
    seen.add(String(host));
    addHosts(context, name, { names: [String(host)], port: undefined }, new Map());
  }
  const vars = parts.get('vars') ?? new Map();
  if (!(vars instanceof Map)) failSource(`group '${name}' has bad data for variables`, position);
  for (const [key, value] of vars) setGroupVar(group, String(key), toRaw(context, value));
  const children = parts.get('children');
  for (const child of Array.isArray(children) ? children : []) {
    ensureGroup(context.inventory, String(child));
    addChild(context.inventory, name, String(child), position);
  }
}

/** A bare list is a group's hosts; a mapping without any known part is a host of the group's name, with variables. */
function toParts(name: string, data: Value): Map<Value, Value> {
  if (!(data instanceof Map)) return new Map([['hosts', data]]);
  if (PARTS.some((part) => data.has(part))) return data;
  return new Map<Value, Value>([
    ['hosts', [name]],
    ['vars', data],
  ]);
}

function toRaw(context: SourceContext, value: Value): Raw {
  return compileAll(value, context.compile, { file: context.path, line: 1, column: 1 });
}

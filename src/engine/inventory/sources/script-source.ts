import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TsplayError } from '../../model/errors.ts';
import type { Raw, Value } from '../../model/value.ts';
import { parseJson } from '../../template/filters/json/parse.ts';
import { decodeText } from '../../yaml/parse.ts';
import { addChild, ensureGroup, setGroupVar } from '../edit.ts';
import { compileAll } from '../trusted-file.ts';
import { addHosts, failSource, type SourceContext, topOf } from './source.ts';

const run = promisify(execFile);
const MAX_OUTPUT = 256 * 1024 * 1024;
const PARTS = ['hosts', 'vars', 'children'];

/**
 * Runs an inventory script with `--list`, and with `--host` for each host where it gives no `_meta`. Throws TsplayError.
 */
export async function readScriptSource(context: SourceContext): Promise<void> {
  const { cache } = context.settings;
  const kept = cache?.get(context.path);
  const text = kept ?? (await output(context, ['--list']));
  const groups = parse(context, text);
  const hosts = new Set<string>();
  for (const [name, data] of groups) if (name !== '_meta') readGroup(context, String(name), data, hosts);
  const meta = groups.get('_meta');
  const known = meta instanceof Map ? meta.get('hostvars') : undefined;
  if (known !== undefined && !(known instanceof Map)) {
    failSource('the script gives hostvars of _meta that are no dictionary', topOf(context));
  }
  for (const name of hosts) {
    const vars = known ? known.get(name) : parse(context, await output(context, ['--host', name]));
    setVars(context, name, vars ?? new Map());
  }
  if (kept === undefined && known) cache?.set(context.path, text);
}

function setVars(context: SourceContext, name: string, vars: Value): void {
  if (!(vars instanceof Map)) failSource(`the variables of host '${name}' are no dictionary`, topOf(context));
  const host = context.inventory.hosts.get(name)!;
  for (const [key, value] of vars) host.vars.set(String(key), toRaw(context, value));
}

/** What the script writes. A file that is marked as executable and is no program fails too. */
async function output(context: SourceContext, args: string[]): Promise<string> {
  try {
    const running = run(context.path, args, { maxBuffer: MAX_OUTPUT, encoding: 'buffer' });
    // A script that asks would wait for ever: nobody answers here.
    running.child.stdin?.end();
    const { stdout, stderr } = await running;
    if (context.settings.showScriptErrors && stderr.length > 0) context.onWarning(`${context.path}: ${said(stderr)}`);
    return decodeText(stdout, `the output of ${context.path}`);
  } catch (cause) {
    if (cause instanceof TsplayError) throw cause;
    const { stderr, message } = cause as Error & { stderr?: Buffer };
    const reason = (stderr && said(stderr)) || message;
    failSource(`the inventory script failed: ${reason}`, topOf(context), `try it: ${context.path} ${args.join(' ')}`);
  }
}

function said(stderr: Buffer): string {
  return stderr.toString().trim();
}

function parse(context: SourceContext, text: string): Map<Value, Value> {
  if (text.trim() === '') return new Map();
  let value: Value;
  try {
    value = parseJson(text);
  } catch (cause) {
    failSource(`the inventory script wrote no JSON: ${(cause as Error).message}`, topOf(context));
  }
  if (value instanceof Map) return value;
  failSource('the inventory script must write a JSON object', topOf(context));
}

function readGroup(context: SourceContext, name: string, data: Value, seen: Set<string>): void {
  const position = topOf(context);
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
  return compileAll(value, context.compile, topOf(context), context.decryption);
}

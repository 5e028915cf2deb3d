import type { Position } from '../model/source.ts';
import { Deferred, type Raw } from '../model/value.ts';
import { compileExpression, compileText } from '../template/compile.ts';
import type { YamlMap, YamlNode, YamlScalar } from '../yaml/types.ts';
import { parseKeyValues } from './key-values.ts';
import type { Loader } from './loader.ts';
import { kindOf, problem } from './problem.ts';
import type { ActionInfo } from './types.ts';
import { joinWords, splitWords } from './words.ts';
import { isEmpty, keyName, textPlace } from './yaml-access.ts';

export interface Arguments {
  readonly args: Map<string, Raw>;
  readonly argPositions: Map<string, Position>;
  /** Nodes of arguments given as a mapping, for what must be read in another way (`apply`). */
  readonly argNodes: ReadonlyMap<string, YamlNode>;
  /** `args: "{{ dict }}"`, or `module: "{{ dict }}"`. */
  readonly deferredArgs?: Raw | undefined;
}

interface Collected {
  readonly args: Map<string, Raw>;
  readonly argPositions: Map<string, Position>;
  readonly argNodes: Map<string, YamlNode>;
  deferredArgs?: Raw | undefined;
}

/** `copy: src=a` or `copy: {src: a}`; `extra` is the node of `args:`, whose members the module's own win over. */
export function readArguments(
  loader: Loader,
  info: ActionInfo,
  node: YamlNode,
  extra: YamlNode | undefined,
): Arguments {
  const into = start(loader, info, extra);
  if (node.kind === 'map') addMap(loader, into, info, node);
  else if (node.kind === 'scalar' && typeof node.value === 'string') addText(into, info, node, node.value);
  else if (!isEmpty(node))
    throw problem(`unexpected parameter type in action: ${kindOf(node)}`, node.position, hintFor(info));
  return finish(into, info, node.position);
}

/** `action: copy src=a` or `action: {module: copy, src: a}`. */
export function readOldStyle(loader: Loader, info: ActionInfo, node: YamlNode, extra: YamlNode | undefined): Arguments {
  const into = start(loader, info, extra);
  if (node.kind === 'scalar') addText(into, info, node, withoutFirstWord(String(node.value)));
  else if (node.kind === 'map') addOldMap(loader, into, info, node);
  return finish(into, info, node.position);
}

function addOldMap(loader: Loader, into: Collected, info: ActionInfo, node: YamlMap): void {
  const others = node.entries.filter((entry) => keyName(entry) !== 'module' && keyName(entry) !== 'args');
  addMap(loader, into, info, { ...node, entries: others });
  for (const { key, node: value } of node.entries) {
    if (key === 'module' && value.kind === 'scalar') addText(into, info, value, withoutFirstWord(String(value.value)));
    if (key !== 'args') continue;
    if (value.kind === 'map') addMap(loader, into, info, value);
    else if (value.kind === 'scalar' && typeof value.value === 'string') addText(into, info, value, value.value);
  }
}

function withoutFirstWord(text: string): string {
  return joinWords(splitWords(text.trim()).slice(1));
}

function start(loader: Loader, info: ActionInfo, extra: YamlNode | undefined): Collected {
  const into: Collected = { args: new Map(), argPositions: new Map(), argNodes: new Map() };
  if (!extra || isEmpty(extra)) return into;
  if (extra.kind === 'map') {
    addMap(loader, into, info, extra);
    return into;
  }
  const raw = loader.raw(extra);
  if (raw instanceof Deferred) {
    into.deferredArgs = raw;
    return into;
  }
  throw typeof raw === 'string'
    ? problem(
        "Complex args containing variables cannot use bare variables (without Jinja2 delimiters), and must use the full variable style ('{{var_name}}')",
        extra.position,
      )
    : problem('Complex args must be a dictionary or variable string ("{{var}}").', extra.position);
}

function addMap(loader: Loader, into: Collected, info: ActionInfo, map: YamlMap): void {
  for (const entry of map.entries) {
    const name = keyName(entry);
    into.args.set(name, isDeferred(info, name) ? expressionsOf(loader, entry.node) : loader.raw(entry.node));
    into.argPositions.set(name, entry.keyPosition);
    into.argNodes.set(name, entry.node);
  }
}

function addText(into: Collected, info: ActionInfo, node: YamlScalar, text: string): void {
  const { options, rest } = parseKeyValues(text, { command: info.freeForm === 'command', position: node.position });
  for (const [name, value] of options) {
    into.args.set(name, compileValue(node, value, isDeferred(info, name)));
    into.argPositions.set(name, node.position);
  }
  if (rest === undefined) return;
  const raw = compileValue(node, rest, false);
  into.argPositions.set('_raw_params', node.position);
  if (info.freeForm) into.args.set('_raw_params', raw);
  else if (raw instanceof Deferred) into.deferredArgs = raw;
  else if (TAKES_TEXT.has(info.name)) into.args.set('_raw_params', raw);
  else {
    throw problem(`this task '${info.name}' has extra params: ${rest.trim()}`, node.position, hintFor(info));
  }
}

/** Text is no mistake of the playbook for these: the module says what it thinks of it. */
const TAKES_TEXT = new Set(['add_host', 'group_by', 'set_fact']);

function hintFor(info: ActionInfo): string {
  return `write the arguments of ${info.name} as a mapping, or as key=value`;
}

function compileValue(node: YamlScalar, text: string, deferred: boolean): Raw {
  if (node.tag === 'unsafe') return text;
  const place = textPlace(node, text);
  return deferred && !hasTemplate(text) ? compileExpression(text, place) : compileText(text, place);
}

function isDeferred(info: ActionInfo, name: string): boolean {
  return Object.hasOwn(info.args, name) && info.args[name]?.deferred === true;
}

/**
 * Texts become expressions that the module evaluates itself. One text that holds a template is a template, and may give
 * a list; in a list each is an expression, with or without delimiters.
 */
function expressionsOf(loader: Loader, node: YamlNode): Raw {
  if (node.kind === 'seq') return node.items.map((item) => expressionOf(loader, item));
  return node.kind === 'scalar' && typeof node.value === 'string' && hasTemplate(node.value)
    ? loader.raw(node)
    : expressionOf(loader, node);
}

function expressionOf(loader: Loader, node: YamlNode): Raw {
  if (node.kind !== 'scalar' || node.tag || typeof node.value !== 'string') return loader.raw(node);
  return compileExpression(node.value, textPlace(node));
}

function hasTemplate(text: string): boolean {
  return /\{[{%#]/.test(text);
}

/** Modules whose `cmd` is another name for their text. */
const WITH_CMD = new Set(['command', 'shell', 'script']);

function finish(into: Collected, info: ActionInfo, position: Position): Arguments {
  const { args, argPositions } = into;
  if (WITH_CMD.has(info.name) && args.has('cmd')) {
    if (args.get('_raw_params')) {
      throw problem(
        "The 'cmd' argument cannot be used when other raw parameters are specified. Please put everything in one or the other place.",
        argPositions.get('cmd') ?? position,
      );
    }
    args.set('_raw_params', args.get('cmd')!);
    argPositions.set('_raw_params', argPositions.get('cmd') ?? position);
    args.delete('cmd');
  }
  const internal =
    info.freeForm === 'command' ? undefined : [...args.keys()].find((name) => name.startsWith('_ansible_'));
  if (internal !== undefined) {
    throw problem(
      `Invalid parameter specified beginning with keyword '_ansible_' for action '${info.name}': '${internal}'. The prefix '_ansible_' is reserved for internal use only.`,
      argPositions.get(internal) ?? position,
    );
  }
  return into;
}

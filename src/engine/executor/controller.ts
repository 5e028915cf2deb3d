import { existsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { extname, isAbsolute, join, resolve } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import type { Position } from '../model/source.ts';
import type { Raw, Scope, Value } from '../model/value.ts';
import type { Controller, Peers, TemplateOptions } from '../modules/types.ts';
import { expandHome } from '../playbook/home.ts';
import type { HostView } from '../remote/types.ts';
import { evaluate, renderTemplate } from '../template/compile.ts';
import { DateTime, pyStr, strftime } from '../template/values.ts';
import { readBytes } from '../vars/world.ts';
import { isVaulted } from '../vault/envelope.ts';
import { holds } from './conditions.ts';
import type { RunContext } from './context.ts';
import { pause } from './pause.ts';

export interface ControllerInputs {
  readonly scope: Scope;
  readonly checkMode: boolean;
  readonly diffMode: boolean;
  readonly noLog: boolean;
  readonly host: string;
  readonly position: Position;
  readonly reconnect: () => Promise<HostView>;
  readonly peers: Peers;
}

/** The controller as one task's module sees it. */
export function makeController(run: RunContext, inputs: ControllerInputs): Controller {
  const { scope } = inputs;
  return {
    ...inputs,
    verbosity: run.settings.verbosity,
    find: (kind, name) => findFile(kind, name, scope),
    readFile: (path, decrypt = true) => (decrypt ? decrypted(run, path) : readBytes(path)),
    readVars: (path) => run.variables.store.files.read(path),
    renderFile: (path, options) => renderFile(path, scope, options),
    evaluate: (raw: Raw): Value => evaluate(raw, scope),
    holds: (condition) => holds(condition, scope),
    sleep: (seconds) => pause(seconds, run.interrupted),
    prompt: (question, options) => run.terminal.prompt(question, options),
    interrupted: run.interrupted,
    exchange: run.exchange,
    jobs: { folder: jobFolder(run, scope), find: (id) => run.jobs.find(id) },
  };
}

function decrypted({ decryption }: RunContext, path: string): Buffer {
  const content = readBytes(path);
  if (!isVaulted(content) || decryption.ready) return decryption.file(content, path);
  throw new TsplayError('vault', `A vault password or secret must be specified to decrypt ${path}`);
}

/** Where files of jobs stand: not expanded, since `~` is the home of who works on the host. */
export function jobFolder({ settings }: RunContext, scope: Scope): string {
  const said = scope.get('ansible_async_dir');
  return said === undefined || said === null ? settings.asyncDir : pyStr(said);
}

/** A file of a role or play, in Ansible's order: for each folder to search, its `files/` (or `templates/`, ...), then itself. */
export function findFile(kind: string, name: string, scope: Scope): string {
  const { searchPath, playbookDir } = scope.world;
  const expanded = expandHome(name);
  if (isAbsolute(expanded)) {
    if (existsSync(expanded)) return expanded;
    throw notFound(name, [expanded]);
  }
  const candidates = searchPath.flatMap((folder) => [join(folder, kind, name), join(folder, name)]);
  candidates.push(resolve(playbookDir, kind, name), resolve(playbookDir, name));
  const found = candidates.find((path) => existsSync(path));
  if (found) return name.endsWith('/') ? `${found.replace(/\/+$/, '')}/` : found;
  throw notFound(name, [...new Set(candidates)]);
}

function notFound(name: string, searched: readonly string[]): TsplayError {
  return new TsplayError(
    'module',
    `Could not find or access '${name}'\nSearched in:\n${searched.map((path) => `\t${path}`).join('\n')} on the Ansible Controller.\nIf you are using a module and expect the file to exist on the remote, see the remote_src option`,
  );
}

async function renderFile(path: string, scope: Scope, options: TemplateOptions = {}): Promise<string> {
  const inner = scope.with(new Map([...templateVars(path, scope), ...(options.vars ?? [])]));
  if (extname(path) === '.hbs') {
    const { renderHandlebars } = await import('../template/handlebars.ts');
    return renderHandlebars(scope.world.readFile(path).toString(), inner, { file: path });
  }
  return renderTemplate(scope.world.readFile(path).toString(), inner, { file: path, options });
}

/** What a template may say of itself. */
function templateVars(path: string, scope: Scope): Map<string, Raw> {
  const { mtimeMs, uid } = statSync(path);
  const owner = uid === process.getuid?.() ? userInfo().username : String(uid);
  return new Map<string, Raw>([
    ['ansible_managed', managedText(path, owner, scope)],
    ['template_host', scopeHost()],
    ['template_uid', owner],
    ['template_path', path],
    ['template_fullpath', resolve(path)],
    ['template_mtime', new Date(mtimeMs).toISOString()],
    ['template_run_date', new Date().toISOString()],
  ]);
}

/** What the setting `ansible_managed` says, with `{file}`, `{host}`, `{uid}` and the file's time filled in. */
function managedText(path: string, owner: string, { world }: Scope): string {
  const said = String(world.setting?.('DEFAULT_MANAGED_STR')?.value ?? 'Ansible managed');
  const known: Readonly<Record<string, string>> = { file: path, host: scopeHost(), uid: owner };
  const text = said.replace(/\{(file|host|uid)\}/g, (_, name: string) => known[name]!);
  if (!text.includes('%')) return text;
  return strftime(DateTime.from(new Date(Math.floor(statSync(path).mtimeMs / 1000) * 1000), false).parts, text);
}

function scopeHost(): string {
  return process.env['HOSTNAME'] ?? 'localhost';
}

import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { TsplayError } from '../../engine/model/errors.ts';
import { RELEASES } from '../../lab/image.ts';
import { inventoryFile, renderInventory } from '../../lab/inventory.ts';
import { loginKeyFile, sshOptions } from '../../lab/keys.ts';
import * as labs from '../../lab/lab.ts';
import { listLabs, requireHost, requireLab } from '../../lab/state.ts';

export const labUsage = `Usage: tsplay lab COMMAND [--lab NAME]

Real Debian hosts on this machine, to try roles on: systemd, sshd and ufw in containers (Linux, root).

  up [N] [--names A,B,..] [--release ${RELEASES.join('|')}]   boot hosts host1..hostN, or the named ones
  down [HOST..]           end hosts and forget them; the whole lab if none are named
  reset [HOST..]          fresh file systems, same names, addresses and keys
  kill HOST..             cut their power; "up" boots them again with what is on their disks
  cut HOST.., mend HOST.. pull and plug their network: packets vanish, nobody is told
  status                  all labs and their hosts
  hosts                   the inventory (YAML) of a lab
  ssh [USER@]HOST [CMD]   log in as root, or as USER (admin may sudo)
  diff HOST [--content]   files that the host changed against its image; by content, owner and mode alone

  --lab NAME              which lab ("default"); several live side by side
`;

/** Where a command writes: text for pipes on `out`, what it is doing on `err`. */
export interface LabOutput {
  out(text: string): void;
  err(text: string): void;
}

interface LabArguments {
  readonly lab: string;
  readonly operands: readonly string[];
  readonly names?: string | undefined;
  readonly release: string;
  readonly content: boolean;
}

/** `tsplay lab ...`; gives the exit code. Throws TsplayError. */
export async function labCommand(args: readonly string[], output: LabOutput): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined) throw usage('which of its commands should "tsplay lab" run?');
  if (command === 'ssh') return logIn(rest);
  const parsed = parse(rest);
  const report = (line: string) => output.err(`lab: ${line}\n`);
  switch (command) {
    case 'up':
      return up(parsed, output, report);
    case 'down':
      await labs.down(parsed.lab, parsed.operands);
      return 0;
    case 'reset':
      await labs.reset(parsed.lab, parsed.operands, report);
      return 0;
    case 'kill':
      await labs.kill(parsed.lab, named(parsed));
      return 0;
    case 'cut':
    case 'mend':
      await labs.link(parsed.lab, named(parsed), command === 'cut' ? 'down' : 'up');
      return 0;
    case 'status':
      for (const lab of listLabs()) {
        for (const host of labs.status(lab)) {
          output.out(`${lab.name}  ${host.name}  ${host.address}  ${host.release}  ${host.status}\n`);
        }
      }
      return 0;
    case 'hosts':
      output.out(renderInventory(requireLab(parsed.lab)));
      return 0;
    case 'diff':
      return diff(parsed, output);
    default:
      throw usage(`there is no "tsplay lab ${command}"`);
  }
}

async function up(args: LabArguments, output: LabOutput, report: labs.Report): Promise<number> {
  const lab = await labs.up(args.lab, { names: hostNames(args), release: args.release }, report);
  report(`ready; use it with -i ${inventoryFile(lab)}`);
  output.out(renderInventory(lab));
  return 0;
}

function hostNames({ operands, names }: LabArguments): string[] {
  if (operands.length > 1) throw usage('"up" takes one number of hosts');
  if (names !== undefined) {
    if (operands.length > 0) throw usage('a number of hosts and --names do not go together');
    return names.split(',');
  }
  const count = operands[0] ?? '1';
  if (!/^[1-9]\d{0,2}$/.test(count)) throw usage(`"${count}" is no number of hosts`);
  return Array.from({ length: Number(count) }, (_, index) => `host${index + 1}`);
}

/** What spoils hosts wants their names. */
function named({ operands }: LabArguments): readonly string[] {
  if (operands.length === 0) throw usage('name the hosts');
  return operands;
}

async function diff({ lab, operands, content }: LabArguments, output: LabOutput): Promise<number> {
  const [host] = operands;
  if (host === undefined || operands.length > 1) throw usage('"diff" takes one host');
  const letters = { added: 'A', changed: 'M', removed: 'D' };
  const changes = await labs.diff(lab, host, content ? 'content' : 'all');
  for (const change of changes) output.out(`${letters[change.kind]} ${change.path}\n`);
  return 0;
}

/** Everything after the host belongs to the command, options too, so these arguments are read by hand. */
function logIn(args: readonly string[]): Promise<number> {
  const withLab = args[0] === '--lab';
  const [target, ...command] = withLab ? args.slice(2) : args;
  const lab = requireLab((withLab ? args[1] : undefined) ?? 'default');
  const [, user = 'root', hostName] = /^(?:([a-z_][a-z0-9_-]*)@)?([^@]+)$/.exec(target ?? '') ?? [];
  if (hostName === undefined) throw usage('"ssh" takes a host');
  const host = requireHost(lab, hostName);
  const options = [...sshOptions(lab), '-o', 'LogLevel=ERROR', '-i', loginKeyFile(lab)];
  const child = spawn('ssh', [...options, `${user}@${host.address}`, '--', ...command], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', (cause) => reject(new TsplayError('usage', `cannot run ssh: ${cause.message}`, { cause })));
    child.on('close', (code) => resolve(code ?? 255));
  });
}

function parse(args: readonly string[]): LabArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        lab: { type: 'string', default: 'default' },
        names: { type: 'string' },
        release: { type: 'string', default: RELEASES[0] as string },
        content: { type: 'boolean', default: false },
      },
    });
    return { ...values, operands: positionals };
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause));
  }
}

function usage(message: string): TsplayError {
  return new TsplayError('usage', message, { hint: 'see tsplay lab --help' });
}

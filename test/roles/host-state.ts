import type { TestLab } from '../lab/on-lab.ts';
import { withoutChance } from './without-chance.ts';

/** What a host has, by name: files where configuration lies, its packages, and the services that run. */
export type HostState = ReadonlyMap<string, string>;

const PLACES = /^\/(etc|usr\/local|opt|root|srv|home|var\/backups)\//;

/** What either engine, Python, Git or a package's own scripts leave for themselves, another one each time. */
const OWN = new RegExp(
  [
    /\/(\.ansible|__pycache__)(\/|$)|\.pyc$|-$/,
    /\/(objects|logs|refs)\/|\.git\/(index|COMMIT_EDITMSG|FETCH_HEAD)$/,
    /^\/etc\/(ssl\/certs\/|ld\.so\.cache|ssh\/)|^\/root\/\.(ssh|cache)|^\/var\/backups\/(apt|dpkg|alternatives)/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** Services that D-Bus or a login starts, and that end by themselves. */
const PASSING = /^(user@|user-runtime-dir@|systemd-(hostnamed|timedated|localed|tmpfiles))/;

/** Bytes; of larger files only the digest is compared. */
const READABLE = 65_536;

/** For each path of standard input a line: kind, mode and owner, then what is in it, encoded. Backups have what was then. */
const LOOK = `while IFS= read -r path; do
  about=$(stat -c '%F %a %U %G' "$path" 2>&1)
  if [ -L "$path" ]; then content=$(readlink "$path" | base64 -w0)
  elif [ ! -f "$path" ] || [ "\${path#/var/backups/}" != "$path" ]; then content=
  elif [ "$(stat -c %s "$path")" -gt ${READABLE} ]; then content=$(sha256sum <"$path" | base64 -w0)
  else content=$(base64 -w0 <"$path"); fi
  echo "$about|$content"
done`;

/** Looks at a host whose changes since it was made are its state. */
export async function stateOf(lab: TestLab, host: string): Promise<HostState> {
  const changed = (await lab.changes(host, 'content')).map(({ path }) => path);
  const paths = changed.filter((path) => PLACES.test(path) && !OWN.test(path));
  const [files, packages, services] = await Promise.all([
    linesOf(lab, host, LOOK, paths),
    linesOf(lab, host, `dpkg-query -W -f '\${Package}|\${db:Status-Abbrev}\\n'`),
    linesOf(lab, host, `systemctl list-units --type=service --state=running --plain --no-legend | cut -d' ' -f1`),
  ]);
  return new Map([
    ...paths.map((path, index): [string, string] => [withoutChance(path), readable(files[index]!)]),
    ...packages.map((line): [string, string] => [`package ${line.split('|')[0]}`, line.split('|')[1]!.trim()]),
    ...services.filter((name) => !PASSING.test(name)).map((name): [string, string] => [name, 'running']),
  ]);
}

/** What of a state was otherwise before; what is gone is undefined. */
export function changesSince(before: HostState, after: HostState): Record<string, string | undefined> {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return Object.fromEntries(
    names.filter((name) => before.get(name) !== after.get(name)).map((name) => [name, after.get(name)]),
  );
}

async function linesOf(lab: TestLab, host: string, script: string, paths: readonly string[] = []): Promise<string[]> {
  const { code, stdout, stderr } = await lab.ssh(host, script, { input: paths.map((path) => `${path}\n`).join('') });
  if (code !== 0) throw new Error(`${host}: ${stderr}`);
  return stdout.split('\n').slice(0, -1);
}

function readable(line: string): string {
  const [about = '', content = ''] = line.split('|');
  return `${about}\n${withoutChance(Buffer.from(content, 'base64').toString())}`;
}

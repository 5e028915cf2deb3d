import { dict, type Value } from '../../../model/value.ts';
import { type Gathered, lines } from '../gathered.ts';
import type { DeviceLinks } from './device-links.ts';

// A file server that is gone must not hold up the rest: remote file systems are asked one by one, with a time limit.
// `gather_timeout` is the limit; without timeout(1) they are left out.
export const mountScript = `section mounts; set --; format='%n|%S|%b|%a|%s|%c|%d'
while read -r device mount type rest; do
  case $device in *:/*|//*) remote=y;; /*) remote=;; *) continue;; esac
  [ "$type" != none ] || continue
  case $mount in *\\\\*) mount=$(printf '%b' "$mount");; esac
  if [ -z "$remote" ]; then set -- "$@" "$mount"
  elif command -v timeout >/dev/null; then timeout "$gather_timeout" stat -f -c "$format" -- "$mount" 2>/dev/null; fi
done </proc/mounts
[ $# = 0 ] || stat -f -c "$format" -- "$@" 2>/dev/null`;

export const mountFiles: readonly string[] = ['/proc/mounts', '/proc/self/mountinfo'];

/** Mounted devices and remote file systems with their room. */
export function mountFacts(host: Gathered, links: DeviceLinks): Value[] {
  const bound = bindMounts(host.file('/proc/self/mountinfo') ?? '');
  const sizes = new Map(lines(host.section('mounts')).map((line) => [line.slice(0, line.indexOf('|')), line] as const));
  const mounts = new Map<string, Value>(); // of several on one folder the last is seen
  for (const line of lines(host.file('/proc/mounts'))) {
    const [device = '', mount = '', fstype = '', options = '', dump, pass] = line.split(' ').map(unescapeOctal);
    if ((!/^[/\\]/.test(device) && !device.includes(':/')) || fstype === 'none') continue;
    mounts.set(
      mount,
      dict({
        mount,
        device,
        fstype,
        options: bound.has(mount) && !/bind.*"/.test(options) ? `${options},bind` : options,
        dump: Number(dump),
        passno: Number(pass),
        ...sizeOf(sizes.get(mount)),
        uuid: links.uuidOf(device) ?? 'N/A',
      }),
    );
  }
  return [...mounts.values()];
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** A mount whose root is not its file system's root shows a folder of another. */
function bindMounts(mountinfo: string): Set<string> {
  const bound = new Set<string>();
  for (const line of lines(mountinfo)) {
    const [, , , root, mount] = line.split(' ');
    if (root !== undefined && mount !== undefined && root !== '/') bound.add(unescapeOctal(mount));
  }
  return bound;
}

function sizeOf(line: string | undefined): Record<string, Value> {
  if (line === undefined) return {};
  const [unit = 0, total = 0, available = 0, blockSize = 0, inodes = 0, freeInodes = 0] = line
    .slice(line.indexOf('|') + 1)
    .split('|')
    .map(Number);
  return {
    size_total: unit * total,
    size_available: unit * available,
    block_size: blockSize,
    block_total: total,
    block_available: available,
    block_used: total - available,
    inode_total: inodes,
    inode_available: freeInodes,
    inode_used: inodes - freeInodes,
  };
}

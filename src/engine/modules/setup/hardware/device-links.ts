import { type Dict, dict } from '../../../model/value.ts';
import { basename, type Gathered, lines } from '../gathered.ts';

const kinds = { ids: 'by-id', uuids: 'by-uuid', labels: 'by-label' } as const;

// one `ls` for all: `name -> target` lines under `/dev/disk/by-x:` headings
export const linksScript = `section disk-links; set --; for d in by-id by-uuid by-label; do
  [ ! -d /dev/disk/$d ] || set -- "$@" /dev/disk/$d; done
[ $# = 0 ] || LC_ALL=C ls -l "$@" /dev/null 2>/dev/null
section block-links; LC_ALL=C ls -l /sys/block 2>/dev/null`;

export const linksPaths: readonly string[] = ['/sys/block/*/slaves/*'];

type Kind = keyof typeof kinds | 'masters';

/** Names that udev and device mapper give to block devices. */
export class DeviceLinks {
  readonly #byKind: Readonly<Record<Kind, ReadonlyMap<string, string[]>>>;
  readonly #mapped: ReadonlyMap<string, string>;

  constructor(host: Gathered) {
    this.#byKind = { ...readLinks(host.section('disk-links') ?? ''), masters: readMasters(host) };
    this.#mapped = new Map(
      host
        .filesLike(/^\/sys\/block\/[^/]+\/dm\/name$/)
        .map((path) => [`/dev/mapper/${host.file(path) ?? ''}`, path.split('/')[3]!] as const),
    );
  }

  /** The links of one device, by kind. */
  of(device: string): Dict {
    return dict(
      Object.fromEntries(Object.entries(this.#byKind).map(([kind, links]) => [kind, links.get(device) ?? []])),
    );
  }

  all(): Dict {
    return dict(Object.fromEntries(Object.entries(this.#byKind).map(([kind, links]) => [kind, new Map(links)])));
  }

  /** The file system's UUID of a device given by its path. */
  uuidOf(path: string): string | undefined {
    return this.#byKind.uuids.get(this.#mapped.get(path) ?? basename(path))?.[0];
  }

  /** World wide name of a disk. */
  wwnOf(device: string): string | undefined {
    return this.#byKind.ids
      .get(device)
      ?.find((id) => id.startsWith('wwn-'))
      ?.slice('wwn-'.length);
  }
}

function readLinks(text: string): Record<keyof typeof kinds, Map<string, string[]>> {
  const found = { ids: new Map(), uuids: new Map(), labels: new Map() };
  let current: Map<string, string[]> | undefined;
  for (const line of lines(text)) {
    const heading = /^\/dev\/disk\/(.*):$/.exec(line)?.[1];
    if (heading !== undefined) {
      const kind = (Object.keys(kinds) as (keyof typeof kinds)[]).find((one) => kinds[one] === heading);
      current = kind && found[kind];
    }
    const [, name, target] = /(\S+) -> (.*)$/.exec(line) ?? [];
    if (current && name !== undefined) add(current, basename(target!), name);
  }
  return found;
}

function readMasters(host: Gathered): Map<string, string[]> {
  const masters = new Map<string, string[]>();
  for (const path of host.pathsLike(/^\/sys\/block\/[^/]+\/slaves\//))
    add(masters, basename(path), path.split('/')[3]!);
  return masters;
}

function add(links: Map<string, string[]>, device: string, name: string): void {
  links.set(device, [...(links.get(device) ?? []), name].sort());
}

import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { TsplayError } from '../model/errors.ts';
import type { Raw } from '../model/value.ts';
import type { VarsFiles } from './vars-files.ts';

const EXTENSIONS = ['', '.yml', '.yaml', '.json'];
const NONE: ReadonlyMap<string, Raw> = new Map();

/** The folders of variables beside inventories and playbooks. Every host asks for those of its groups, so each is read once. */
export class VarsFolders {
  private readonly files: VarsFiles;
  private readonly known = new Map<string, ReadonlyMap<string, Raw>>();

  constructor(files: VarsFiles) {
    this.files = files;
  }

  /** Variables of a group from the files below `<directory>/group_vars`. Throws TsplayError for a file that is wrong. */
  group(directory: string, name: string): ReadonlyMap<string, Raw> {
    return this.varsOf(join(directory, 'group_vars'), name);
  }

  /** Variables of a host from the files below `<directory>/host_vars`. Throws TsplayError for a file that is wrong. */
  host(directory: string, name: string): ReadonlyMap<string, Raw> {
    return this.varsOf(join(directory, 'host_vars'), name);
  }

  /** As in Ansible, these files are content that must be right: that one cannot be decrypted is a mistake like others. */
  private read(file: string): ReadonlyMap<string, Raw> {
    try {
      return this.files.read(file).vars;
    } catch (error) {
      if (!(error instanceof TsplayError) || error.kind !== 'vault') throw error;
      throw new TsplayError('parse', error.message, { position: error.position, hint: error.hint, cause: error });
    }
  }

  private varsOf(folder: string, name: string): ReadonlyMap<string, Raw> {
    const { known } = this;
    if (!known.has(folder)) known.set(folder, existsSync(folder) ? new Map() : NONE);
    if (known.get(folder) === NONE) return NONE;
    const key = `${folder}/${name}`;
    let vars = known.get(key);
    if (!vars) {
      vars = new Map(findVarsFiles(folder, name).flatMap((file) => [...this.read(file)]));
      known.set(key, vars);
    }
    return vars;
  }
}

/** Files with variables of a group or host, in the order in which later ones win. */
export function findVarsFiles(folder: string, name: string): string[] {
  // A name from a source may hold anything: it must not lead out of the folder.
  if (name === '' || name === '.' || name === '..' || name.includes('/')) return [];
  const path = EXTENSIONS.map((extension) => join(folder, name + extension)).find((candidate) => existsSync(candidate));
  if (path === undefined) return [];
  return statSync(path).isDirectory() ? filesWithin(path) : [path];
}

function filesWithin(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !name.endsWith('~'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      const extension = extname(entry.name);
      if (isFolder(entry, path)) return extension === '' ? filesWithin(path) : [];
      return EXTENSIONS.includes(extension) ? [path] : [];
    });
}

function isFolder(entry: Dirent, path: string): boolean {
  return entry.isDirectory() || (entry.isSymbolicLink() && statSync(path).isDirectory());
}

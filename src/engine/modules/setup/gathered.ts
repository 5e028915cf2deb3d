/** Starts a line that names a section of the gathering script's output. */
export const MARK = '\x1e';

/** What the gathering script printed, by section. Text that a host lacks is undefined. */
export class Gathered {
  readonly #sections = new Map<string, string>();
  readonly #files = new Map<string, string>();
  readonly #paths: ReadonlySet<string>;
  readonly #commands: ReadonlySet<string>;

  constructor(output: string) {
    for (const part of output.split(MARK).slice(1)) {
      const end = part.indexOf('\n');
      this.#sections.set(part.slice(0, end), part.slice(end + 1));
    }
    this.#readFiles(this.section('files') ?? '');
    this.#paths = new Set(lines(this.section('paths')));
    this.#commands = new Set(lines(this.section('commands')));
  }

  // `head` puts `==> name <==` before each file, with an empty line between
  #readFiles(text: string): void {
    const heads = [...text.matchAll(/(?:^|\n)==> (\/.*) <==\n/g)];
    for (const [index, head] of heads.entries()) {
      const start = head.index + head[0].length;
      this.#files.set(head[1]!, text.slice(start, heads[index + 1]?.index ?? text.length));
    }
  }

  section(name: string): string | undefined {
    return this.#sections.get(name);
  }

  /** Names of sections that start so. */
  sections(prefix: string): string[] {
    return [...this.#sections.keys()].filter((name) => name.startsWith(prefix));
  }

  /** A file's text without blanks around it; undefined if it is absent, unreadable or empty. */
  file(path: string): string | undefined {
    return this.#files.get(path)?.trim() || undefined;
  }

  /** Whether there is such a file, empty or not. */
  hasFile(path: string): boolean {
    return this.#files.has(path);
  }

  /** Paths of files that were read and match, sorted. */
  filesLike(pattern: RegExp): string[] {
    return [...this.#files.keys()].filter((path) => pattern.test(path)).sort();
  }

  exists(path: string): boolean {
    return this.#paths.has(path);
  }

  /** Existing paths that match, sorted. */
  pathsLike(pattern: RegExp): string[] {
    return [...this.#paths].filter((path) => pattern.test(path)).sort();
  }

  hasCommand(name: string): boolean {
    return this.#commands.has(name);
  }
}

/** Lines that are not empty. */
export function lines(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line !== '');
}

/** Words between blanks. */
export function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The first group of the first match. */
export function capture(pattern: RegExp, text: string | undefined): string | undefined {
  return text === undefined ? undefined : pattern.exec(text)?.[1];
}

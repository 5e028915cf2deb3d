import type { Syntax } from '../syntax/options.ts';
import type { Program } from './program.ts';

/**
 * Finds and compiles a template that another one names. `from` is the file that names it. `alone` says that it is no
 * part of another one: its `#jinja2:` line counts, its last newline stays, and delimiters may be given.
 * @returns undefined where there is no such file
 */
export type LoadTemplate = (name: string, from: string | undefined, alone?: Partial<Syntax>) => Program | undefined;

import type { Program } from './program.ts';

/**
 * Finds and compiles a template that another one names. `from` is the file that names it.
 * @returns undefined where there is no such file
 */
export type LoadTemplate = (name: string, from: string | undefined) => Program | undefined;

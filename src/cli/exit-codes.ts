import { TsplayError } from '../engine/model/errors.ts';

/** ansible-playbook's exit codes. */
export const EXIT = {
  ok: 0,
  error: 1,
  failed: 2,
  option: 2,
  parse: 4,
  unreachable: 4,
  usage: 5,
  interrupted: 99,
  unexpected: 250,
} as const;

export function exitCodeFor(error: unknown): number {
  if (!(error instanceof TsplayError)) return EXIT.unexpected;
  switch (error.kind) {
    case 'option':
      return EXIT.option;
    case 'usage':
      return EXIT.usage;
    case 'parse':
      return EXIT.parse;
    case 'internal':
      return EXIT.unexpected;
    default:
      return EXIT.error;
  }
}

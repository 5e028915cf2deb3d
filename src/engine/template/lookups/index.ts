import type { Lookups } from '../types.ts';
import { lookups as commands } from './commands.ts';
import { lookups as config } from './config.ts';
import { lookups as files } from './files.ts';
import { lookups as filetree } from './filetree.ts';
import { lookups as firstFound } from './first-found.ts';
import { lookups as inventory } from './inventory.ts';
import { lookups as loops } from './loops.ts';
import { lookups as network } from './network.ts';
import { lookups as password } from './password.ts';
import { lookups as sequence } from './sequence.ts';
import { lookups as tables } from './tables.ts';
import { lookups as template } from './template.ts';
import { lookups as url } from './url.ts';
import { lookups as variables } from './variables.ts';

/** All lookups. */
export const LOOKUP_FILES: readonly Lookups[] = [
  commands,
  config,
  files,
  filetree,
  firstFound,
  inventory,
  loops,
  network,
  password,
  sequence,
  tables,
  template,
  url,
  variables,
];

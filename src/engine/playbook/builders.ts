import { buildItems } from './items.ts';
import { loadRole } from './role.ts';
import type { Builders } from './site.ts';

export const BUILDERS: Builders = { items: buildItems, role: loadRole };

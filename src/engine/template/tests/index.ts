import type { Tests } from '../types.ts';
import { tests as ip } from './ip.ts';
import { tests as jinja } from './jinja.ts';
import { tests as logic } from './logic.ts';
import { tests as match } from './match.ts';
import { tests as paths } from './paths.ts';
import { tests as results } from './results.ts';
import { tests as urls } from './urls.ts';
import { tests as version } from './version.ts';

/** Later files win: Ansible's tests stand above Jinja2's of the same name. */
export const TEST_FILES: readonly Tests[] = [jinja, ip, logic, match, paths, results, urls, version];

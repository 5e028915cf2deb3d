import type { Filters } from '../types.ts';
import { filters as combine } from './combine.ts';
import { filters as crypto } from './crypto.ts';
import { filters as dataPaths } from './data-paths.ts';
import { filters as dicts } from './dicts.ts';
import { filters as encode } from './encode.ts';
import { filters as factDiff } from './fact-diff.ts';
import { filters as flatten } from './flatten.ts';
import { filters as generalKeys } from './general-keys.ts';
import { filters as generalLists } from './general-lists.ts';
import { filters as generalText } from './general-text.ts';
import { filters as hash } from './hash.ts';
import { filters as ip } from './ip.ts';
import { filters as jinjaHtml } from './jinja-html.ts';
import { filters as jinjaLists } from './jinja-lists.ts';
import { filters as jinjaNumbers } from './jinja-numbers.ts';
import { filters as jinjaSelect } from './jinja-select.ts';
import { filters as jinjaText } from './jinja-text.ts';
import { filters as json } from './json.ts';
import { filters as jsonQuery } from './json-query.ts';
import { filters as keys } from './keys.ts';
import { filters as lists } from './lists.ts';
import { filters as logic } from './logic.ts';
import { filters as numbers } from './numbers.ts';
import { filters as passwordHash } from './password-hash.ts';
import { filters as paths } from './paths.ts';
import { filters as random } from './random.ts';
import { filters as regex } from './regex.ts';
import { filters as sets } from './sets.ts';
import { filters as text } from './text.ts';
import { filters as time } from './time.ts';
import { filters as timeUnits } from './time-units.ts';
import { filters as urls } from './urls.ts';
import { filters as vault } from './vault.ts';
import { filters as yaml } from './yaml.ts';

/** Later files win: Ansible's filters stand above Jinja2's of the same name. */
export const FILTER_FILES: readonly Filters[] = [
  jinjaHtml,
  jinjaLists,
  jinjaNumbers,
  jinjaSelect,
  jinjaText,
  combine,
  crypto,
  dataPaths,
  dicts,
  encode,
  factDiff,
  flatten,
  generalKeys,
  generalLists,
  generalText,
  hash,
  ip,
  jsonQuery,
  json,
  keys,
  lists,
  logic,
  numbers,
  passwordHash,
  paths,
  random,
  regex,
  sets,
  text,
  timeUnits,
  time,
  urls,
  vault,
  yaml,
];

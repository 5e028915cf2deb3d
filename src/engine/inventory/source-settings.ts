import type { SourceCache } from './cache.ts';

/** What the user's settings say of how sources are read. */
export interface SourceSettings {
  /** Names of formats, in the order in which they are tried. */
  readonly enabled: readonly string[];
  /** Endings of YAML files. */
  readonly yamlEndings: readonly string[];
  /** Endings of files in a folder that are no sources. */
  readonly ignoredEndings: readonly string[];
  /** Regular expressions of their names. */
  readonly ignoredNames: readonly string[];
  /** Whether a source that cannot be read ends the run. */
  readonly failOnAny: boolean;
  /** What follows where none could be read. */
  readonly whenNone: 'fail' | 'warn' | 'ignore';
  /** What follows from a key that stands twice in a YAML source. */
  readonly duplicateKeys: 'error' | 'warn' | 'ignore';
  /** Whether standard error of scripts is shown. */
  readonly showScriptErrors: boolean;
  /** Whether variables of the command line count in expressions of sources. */
  readonly useExtraVars: boolean;
  /** What follows from a pattern that names no host. */
  readonly onMismatch: 'error' | 'warning' | 'ignore';
  /** Where what slow sources gave is kept between runs. */
  readonly cache?: SourceCache | undefined;
}

export const SOURCE_DEFAULTS: SourceSettings = {
  enabled: ['host_list', 'script', 'auto', 'yaml', 'ini', 'toml'],
  yamlEndings: ['.yml', '.yaml', '.json'],
  ignoredEndings: '.pyc .pyo .swp .bak ~ .rpm .md .txt .rst .orig .ini .cfg .retry'.split(' '),
  ignoredNames: [],
  failOnAny: false,
  whenNone: 'warn',
  duplicateKeys: 'warn',
  showScriptErrors: true,
  useExtraVars: false,
  onMismatch: 'warning',
};

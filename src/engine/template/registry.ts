import { TsplayError } from '../model/errors.ts';
import { FILTER_FILES } from './filters/index.ts';
import { LOOKUP_FILES } from './lookups/index.ts';
import { didYouMean } from './names.ts';
import { SyntaxFault } from './syntax/token.ts';
import { TEST_FILES } from './tests/index.ts';
import type { Filter, Lookup, Test } from './types.ts';

/** Collections whose plugins we have, under their short names. */
const COLLECTION =
  /^(?:ansible\.(?:builtin|legacy|utils|netcommon|posix|windows|plugin_builtin)|community\.(?:general|crypto|docker|mysql|postgresql|hashi_vault)|kubernetes\.core)\./;

class Registry<Plugin> {
  private readonly kind: string;
  private readonly files: readonly Readonly<Record<string, Plugin>>[];
  private plugins: Map<string, Plugin> | undefined;

  constructor(kind: string, files: readonly Readonly<Record<string, Plugin>>[]) {
    this.kind = kind;
    this.files = files;
  }

  find(name: string, offset: number | undefined): Plugin {
    return this.get(name) ?? this.unknown(name, offset);
  }

  get(name: string): Plugin | undefined {
    return this.all().get(name) ?? this.all().get(name.replace(COLLECTION, ''));
  }

  names(): string[] {
    return [...this.all().keys()];
  }

  private all(): Map<string, Plugin> {
    this.plugins ??= new Map(this.files.flatMap((file) => Object.entries(file)));
    return this.plugins;
  }

  private unknown(name: string, offset: number | undefined): never {
    const hint = didYouMean(name.replace(COLLECTION, ''), this.all().keys());
    // What can be no name at all is told apart, in the words that Ansible has for it.
    const message = /^[\w.]+$/.test(name)
      ? `unknown ${this.kind} "${name}"`
      : `TemplateSyntaxError: Could not load "${name}": 'invalid plugin name: ansible.builtin.${name}'`;
    if (offset !== undefined) throw new SyntaxFault(message, offset, hint);
    throw new TsplayError('template', message, { hint });
  }
}

const filters = new Registry<Filter>('filter', FILTER_FILES);
const tests = new Registry<Test>('test', TEST_FILES);
const lookups = new Registry<Lookup>('lookup', LOOKUP_FILES);

/**
 * The filter of that short or full name. With `offset` (while a template is compiled) an unknown one is a
 * SyntaxFault there, else a TsplayError; both suggest a name that is close.
 */
export function findFilter(name: string, offset?: number): Filter {
  return filters.find(name, offset);
}

export function findTest(name: string, offset?: number): Test {
  return tests.find(name, offset);
}

export function findLookup(name: string): Lookup {
  return lookups.find(name, undefined);
}

export function hasPlugin(kind: 'filter' | 'lookup' | 'test', name: string): boolean {
  const registries = { filter: filters, lookup: lookups, test: tests };
  return registries[kind].get(name) !== undefined;
}

export function filterNames(): string[] {
  return filters.names();
}

export function testNames(): string[] {
  return tests.names();
}

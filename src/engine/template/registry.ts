import { TsplayError } from '../model/errors.ts';
import type { ContentPlugins, PluginKind } from '../model/value.ts';
import { FILTER_FILES } from './filters/index.ts';
import { LOOKUP_FILES } from './lookups/index.ts';
import { didYouMean } from './names.ts';
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

  /** What is said of a name that stands for none of these. */
  unknown(name: string): { readonly message: string; readonly hint: string | undefined } {
    const hint = didYouMean(name.replace(COLLECTION, ''), this.all().keys());
    // What can be no name at all is told apart, in the words that Ansible has for it.
    const message = /^[\w.]+$/.test(name)
      ? `unknown ${this.kind} "${name}"`
      : `TemplateSyntaxError: Could not load "${name}": 'invalid plugin name: ansible.builtin.${name}'`;
    return { message, hint };
  }
}

interface Kinds {
  readonly filter: Filter;
  readonly test: Test;
  readonly lookup: Lookup;
}

const registries: { readonly [Kind in PluginKind]: Registry<Kinds[Kind]> } = {
  filter: new Registry<Filter>('filter', FILTER_FILES),
  test: new Registry<Test>('test', TEST_FILES),
  lookup: new Registry<Lookup>('lookup', LOOKUP_FILES),
};

/** The plugin that is built in under a short or full name. */
export function builtinPlugin<Kind extends PluginKind>(kind: Kind, name: string): Kinds[Kind] | undefined {
  return registries[kind].get(name) as Kinds[Kind] | undefined;
}

export function hasPlugin(kind: PluginKind, name: string): boolean {
  return builtinPlugin(kind, name) !== undefined;
}

/** The error for a name that nothing has, with one that is close, or with why what the content has cannot be used. */
export function unknownPlugin(kind: PluginKind, name: string, plugins?: ContentPlugins): TsplayError {
  const refusal = plugins?.refusal(kind, name);
  const { message, hint } = registries[kind].unknown(name);
  const fault = kind === 'lookup' ? 'template' : 'parse';
  if (refusal === undefined) return new TsplayError(fault, message, { hint });
  return new TsplayError(fault, `${message}: ${refusal}`, { hint: 'write it anew as docs/extending.md says' });
}

export function filterNames(): string[] {
  return registries.filter.names();
}

export function testNames(): string[] {
  return registries.test.names();
}

import type { Raw, Value } from './value.ts';

/** Something that happens to the run instead of to a host, as data; the executor carries it out. */
export type Effect =
  | { readonly kind: 'facts'; readonly facts: ReadonlyMap<string, Value>; readonly cacheable: boolean } // set_fact
  | { readonly kind: 'host-facts'; readonly facts: ReadonlyMap<string, Value> } // setup: `ansible_*` without the prefix
  | { readonly kind: 'vars'; readonly vars: ReadonlyMap<string, Raw> } // include_vars
  | {
      readonly kind: 'add-host';
      readonly name: string;
      readonly groups: readonly string[];
      readonly vars: ReadonlyMap<string, Value>;
    }
  | { readonly kind: 'group-by'; readonly group: string; readonly parents: readonly string[] }
  | { readonly kind: 'forget-job'; readonly id: string } // async_status
  | { readonly kind: 'secrets'; readonly texts: readonly string[] } // export, collect: hidden from now on
  | {
      readonly kind: 'stats';
      readonly data: ReadonlyMap<string, Value>;
      readonly perHost: boolean;
      readonly aggregate: boolean;
    };

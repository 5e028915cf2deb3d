import { join } from 'node:path';

export interface FactsPlay {
  readonly hosts: string;
  readonly subset: string | undefined;
  readonly filter: string | undefined;
  readonly directory: string;
}

/** A playbook that gathers facts and nothing else. */
export function factsPlaybook({ hosts, subset, filter, directory }: FactsPlay): {
  readonly path: string;
  readonly text: string;
} {
  const setup = { ...(subset ? { gather_subset: subset } : {}), ...(filter ? { filter } : {}) };
  const play = { name: 'facts', hosts, gather_facts: false, tasks: [{ setup }] };
  return { path: join(directory, '<facts>'), text: JSON.stringify([play]) };
}

import type { TestLab } from '../../lab/on-lab.ts';
import type { Kind } from './kinds.ts';

/** A system whose control plane is joined under faults: what is different between them. */
export interface JoiningSystem {
  /** Hosts of etcd that are there before; the first of them is asked. */
  readonly members: readonly [string, ...string[]];
  /** The host that joins them, and is struck. */
  readonly joining: string;
  /** Nodes that have no part in etcd. */
  readonly workers?: readonly string[];
  /** What lies on all hosts from the beginning. */
  readonly setup: readonly string[];
  readonly playbook: string;
  /** Its play that joins. */
  readonly join: string;
  /** Arguments of each run; `folder` is for files on the controller. */
  settings(lab: TestLab, folder: string): readonly string[];
  /** Arguments of the runs that bring up the members. */
  readonly begin: readonly (readonly string[])[];
  /** More arguments of the run that joins. */
  readonly joinArguments: readonly string[];
  /** How to ask on a host that has joined. */
  readonly kubectl: string;
  readonly etcdctl: string;
  /** Lines for the shell of the host, which make it a new one. */
  readonly reset: string;
  /** Writes the tokens that could be joined with now, of which none may outlive its join; none where they are for ever. */
  readonly tokens?: string;
  /** Writes the secrets that may be nowhere, a line each, on the first member. */
  readonly secrets: string;
  /** Files and folders where they belong. */
  readonly keepsSecrets: readonly string[];
  /** The faults that are always tried. */
  readonly faults: readonly NamedFault[];
}

export interface NamedFault {
  readonly kind: Kind;
  readonly when: 'before' | 'after' | 'during';
  /** Name of the task, as it is told. */
  readonly task: string;
  /** `during`: a line for the shell of the first member that ends well when the time has come. */
  readonly until?: string;
}

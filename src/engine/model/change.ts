import type { Script } from './script.ts';
import type { EntryName, Shared } from './shared.ts';
import type { Value } from './value.ts';

/** Owner, group and mode to have; what is absent stays as it is. `mode` is the full number (0o644). */
export interface Attributes {
  readonly owner?: string | undefined; // name or numeric id
  readonly group?: string | undefined;
  readonly mode?: number | undefined;
  readonly selinux?: string | undefined; // full context, where the host has SELinux
  readonly chattr?: string | undefined; // `attributes:` of Ansible, as chattr takes them (`+i`)
  /** Seconds since the epoch. */
  readonly atime?: number | undefined;
  readonly mtime?: number | undefined;
}

/** What a file was before, kept so that a change can be shown and undone. */
export interface Before {
  readonly kind: 'absent' | 'file' | 'directory' | 'link' | 'other';
  readonly owner?: string;
  readonly group?: string;
  readonly mode?: number;
  readonly target?: string;
  /** Only where the change replaces it and it was read. */
  readonly content?: Buffer;
}

/** Content for a file: bytes, or a file of the controller that is streamed when it is large. */
export type Content = { readonly bytes: Buffer } | { readonly file: string; readonly size: number };

/** One entry of Ansible's `diff` result. A mapping instead of text is shown as YAML. */
export interface Diff {
  readonly before: Value;
  readonly after: Value;
  readonly beforeHeader?: string;
  readonly afterHeader?: string;
  /** Already a text in diff form, shown as it is. */
  readonly prepared?: string;
}

interface Common {
  /** Verb phrase for people: `write /etc/motd`. */
  readonly summary: string;
  readonly diff?: Diff | undefined;
}

/**
 * Something to do on a host, as data: printable, storable, undoable where `before` (or `undo`) is there.
 * Applying is the engine's alone (remote/apply). Every replacement is atomic: a temporary file beside it, then rename.
 */
export type Change =
  | (Common & {
      readonly kind: 'write';
      readonly path: string;
      readonly content: Content;
      readonly attributes: Attributes;
      readonly before: Before;
      /** Keep a copy named `path.PID.DATE~`; its name is the outcome's `backupFile`. */
      readonly backup?: boolean | undefined;
      /** A command with `%s` for the temporary file, which must succeed before it is moved into place. */
      readonly validate?: string | undefined;
      /** Write through the existing file where rename is not possible (bind mounts). The host's environment decides if it is not said. */
      readonly unsafeWrites?: boolean | undefined;
    })
  | (Common & {
      readonly kind: 'copy'; // on the host, from one path to another (remote_src)
      readonly from: string;
      readonly path: string;
      readonly attributes: Attributes;
      readonly before: Before;
      readonly backup?: boolean | undefined;
      readonly validate?: string | undefined;
      readonly unsafeWrites?: boolean | undefined;
    })
  | (Common & { readonly kind: 'directory'; readonly path: string; readonly attributes: Attributes })
  | (Common & {
      readonly kind: 'attributes';
      readonly path: string;
      readonly attributes: Attributes;
      readonly follow: boolean;
      readonly recurse?: boolean;
      readonly before: Before;
    })
  | (Common & {
      readonly kind: 'link';
      readonly path: string;
      readonly target: string;
      readonly hard: boolean;
      readonly before: Before;
    })
  | (Common & {
      readonly kind: 'remove';
      readonly path: string;
      readonly before: Before;
      readonly backup?: boolean | undefined;
    })
  | (Common & {
      readonly kind: 'run';
      readonly script: Script;
      /** Words that are run after `script`, in its folder, without a shell around them; `script` then is only ours. */
      readonly program?: readonly string[] | undefined;
      /** Given on standard input; the way for secrets, which never stand in a script. */
      readonly stdin?: Buffer | undefined;
      /** The same, saying less (a package without its version): a plan that could not say more allows this. */
      readonly loosely?: Script | undefined;
      /** Takes it back, if anything does. */
      readonly undo?: Script | undefined;
      /**
       * `opaque`: the user's own command, whose effect nobody knows: check mode does not run it and says unknown.
       * `known`: the module's, whose effect was derived from what was inspected.
       * `told`: the user's own module, which is told of check mode: it runs then too, and answers for itself.
       */
      readonly effect: 'known' | 'opaque' | 'told';
      /** A user's command: run by a fresh process, with no standard input but `stdin`, in a clean environment. */
      readonly isolated?: boolean | undefined;
      /** Seconds; the process group is ended then. */
      readonly timeout?: number | undefined;
      /** rc that count as success; a module may look at `Completed` itself instead (`any`). */
      readonly success?: readonly number[] | 'any';
    })
  | (Common & {
      /** Streams a file of the host into one of the controller. */
      readonly kind: 'download';
      readonly from: string;
      /** Of the controller. */
      readonly path: string;
      /** Of what must come; anything is taken without it. */
      readonly sha1?: string | undefined;
    })
  | (Common & {
      /** Shares facts of the host with others through a store, or takes back what was shared. Touches no host. */
      readonly kind: 'share';
      readonly entry: EntryName;
      /** Absent where the entry is withdrawn. Holds secrets. */
      readonly shared?: Shared | undefined;
    });

/** Hex digests of a content. */
export interface Digests {
  readonly sha1: string;
  readonly md5: string;
}

/** What applying one change gave. */
export interface Outcome {
  readonly rc: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly timedOut?: boolean;
  readonly truncated?: boolean;
  readonly backupFile?: string;
  /** Of what was downloaded. */
  readonly digests?: Digests;
  /** Seconds since the epoch on the controller. */
  readonly start: number;
  readonly end: number;
}

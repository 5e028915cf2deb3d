import type { TsplayError } from '../model/errors.ts';
import type { Phase, Play, Role, Task } from '../model/playbook.ts';
import type { Position } from '../model/source.ts';
import type { ContentPlugins, Deferred, Raw } from '../model/value.ts';
import type { WarningTopic } from '../playbook/types.ts';

/** Where tasks stand: the play, if they were reached from one, and the folder of the playbook, which is a guess if not. */
export interface Place {
  readonly play: Play | undefined;
  readonly directory: string;
}

export interface TaskAt {
  readonly task: Task;
  readonly place: Place;
}

/** What the reader warned of. */
export interface Notice {
  readonly message: string;
  readonly position: Position;
  readonly topic: WarningTopic | undefined;
}

export interface TemplateFile {
  /** Absolute. */
  readonly path: string;
  /** As messages show it. */
  readonly shown: string;
  readonly text: string;
}

/** Everything that was read: what rules look at. */
export interface Content {
  readonly errors: readonly TsplayError[];
  readonly notices: readonly Notice[];
  readonly plays: readonly { readonly play: Play; readonly place: Place }[];
  readonly phases: readonly Phase[];
  readonly roles: readonly { readonly role: Role; readonly place: Place }[];
  readonly tasks: readonly TaskAt[];
  /** Templates and conditions in YAML. */
  readonly texts: readonly Deferred[];
  readonly templates: readonly TemplateFile[];
  /** Files of variables, by absolute path. */
  readonly variables: ReadonlyMap<string, ReadonlyMap<string, Raw>>;
  /** Filters, tests and lookups that came with the content. */
  readonly plugins: ContentPlugins;
  /** Some file that was read is encrypted, and counted as empty. */
  readonly encrypted: boolean;
  /** A line of a file that was read, without its end. */
  line(position: Position): string;
}

import type { Stage, StageState } from './stages.ts';

/** The state of a run as a document for scripts: a status and an error, which may be empty, for each stage. */
export interface StateDocument {
  /** ISO 8601: of the last thing that is known. */
  readonly timestamp: string;
  /** The stage that goes on; else the one that failed; null where nothing is left or nothing began. */
  readonly current_phase: string | null;
  readonly completed_phases: number;
  readonly failed_phases: number;
  readonly total_phases: number;
  readonly phase_status: Readonly<Record<string, StageState>>;
  readonly phase_errors: Readonly<Record<string, string>>;
}

export function stateDocument(stages: readonly Stage[], time: number): StateDocument {
  const count = (state: StageState) => stages.filter((stage) => stage.state === state).length;
  const first = (state: StageState) => stages.find((stage) => stage.state === state)?.name;
  return {
    timestamp: new Date(time).toISOString(),
    current_phase: first('in_progress') ?? first('failed') ?? null,
    completed_phases: count('completed'),
    failed_phases: count('failed'),
    total_phases: stages.length,
    phase_status: Object.fromEntries(stages.map(({ name, state }) => [name, state])),
    phase_errors: Object.fromEntries(stages.map((stage) => [stage.name, errorOf(stage)])),
  };
}

/** What went wrong in a stage, host by host; empty if nothing did. */
export function errorOf({ hosts }: Stage): string {
  return [...hosts].flatMap(([host, { error }]) => (error === undefined ? [] : [`${host}: ${error}`])).join('; ');
}

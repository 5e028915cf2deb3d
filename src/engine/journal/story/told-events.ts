import type { PhaseStatus, Status } from '../../model/event.ts';
import type { Told } from '../records.ts';

/** Events as `told.ts` keeps them; a signed line says what this program wrote. Times are milliseconds since the epoch. */
export type ToldEvent =
  | {
      readonly type: 'run';
      readonly plays: readonly string[];
      readonly phases: readonly ToldPhase[];
      readonly leftOut?: readonly string[];
      readonly autoFix?: boolean;
      readonly time: number;
    }
  | {
      readonly type: 'play';
      readonly index: number;
      readonly name: string;
      readonly at: string;
      readonly hosts: readonly string[];
      readonly time: number;
    }
  | { readonly type: 'phase'; readonly name: string; readonly hosts: readonly string[]; readonly time: number }
  | {
      readonly type: 'phase-retry';
      readonly name: string;
      readonly host: string;
      readonly attempt: number;
      readonly tries: number;
      readonly fixing: boolean;
      readonly time: number;
    }
  | {
      readonly type: 'phase-end';
      readonly name: string;
      readonly hosts: Readonly<Record<string, ToldPhaseResult>>;
      readonly time: number;
    }
  | { readonly type: 'phase-undone'; readonly name: string; readonly hosts: readonly string[]; readonly time: number }
  | {
      readonly type: 'task';
      readonly id: number;
      readonly name: string;
      readonly action: string;
      readonly at: string;
      readonly time: number;
      readonly handler?: boolean;
    }
  | ToldResult
  | { readonly type: 'warning'; readonly message: string; readonly at?: string };

export interface ToldPhase {
  readonly name: string;
  readonly purpose?: string;
  readonly needs: readonly string[];
  readonly at: string;
}

export interface ToldPhaseResult {
  readonly status: PhaseStatus;
  readonly started: number;
  readonly ended: number;
  readonly tries: number;
}

export interface ToldResult {
  readonly type: 'item' | 'result';
  readonly task: number;
  readonly host: string;
  readonly status: Status;
  readonly time: number;
  readonly ms: number;
  readonly ignored?: boolean;
  readonly delegatedTo?: string;
  readonly looped?: boolean;
}

export function readTold(told: Told): ToldEvent {
  return told as unknown as ToldEvent;
}

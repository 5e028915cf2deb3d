import type { Place } from '../../journal/types.ts';
import type { Raw } from '../../model/value.ts';
import type { PlayState } from '../play-state.ts';
import type { TaskAt } from '../task-at.ts';
import { type HostOutcome, runTask } from '../task-run.ts';
import { Scene } from './scene.ts';
import { debug } from './session.ts';
import { wantsDebugger } from './wanted.ts';

/** Runs a task on a host, again and again where somebody looks at it and wants that. */
export async function runDebugged(state: PlayState, at: TaskAt, place: Place): Promise<HostOutcome> {
  const { run, frame } = state;
  const { host } = place;
  let here = at;
  let vars: ReadonlyMap<string, Raw> = new Map();
  for (;;) {
    const outcome = await runTask(here, place, vars);
    const scope = run.variables.scope(frame, host, { item: here.task, top: vars });
    if (run.interrupted.aborted || !wantsDebugger(state, at, scope, outcome)) return outcome;
    const { task, module, info } = here;
    const scene = new Scene({ task, module, name: info.name, host, scope, result: outcome.result });
    const prompt = `[${host}] TASK: ${info.name} (debug)> `;
    const next = await run.terminal.converse(async (console) =>
      // Somebody may have ended the run while this host waited for its turn.
      run.interrupted.aborted ? 'quit' : debug(scene, prompt, console),
    );
    if (next === 'quit') run.quit();
    if (next !== 'redo') return outcome;
    here = { ...at, task: scene.editedTask() };
    vars = new Map([...vars, ...scene.editedVars]);
  }
}

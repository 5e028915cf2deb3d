import type { Block, Keywords, Play, Task } from '../model/playbook.ts';
import type { Raw, Scope } from '../model/value.ts';
import { OMIT } from '../model/value.ts';
import { evaluate } from '../template/compile.ts';
import { toBoolean } from './keywords.ts';

/** The task `Gathering Facts` that a play starts with, unless it says `gather_facts: false`. */
export function gatherFacts(play: Play, scope: Scope, implicit: boolean): Block | undefined {
  const wanted = play.gatherFacts === undefined ? OMIT : evaluate(play.gatherFacts, scope);
  const gather = wanted === OMIT || wanted === null ? implicit : toBoolean(wanted, 'gather_facts');
  if (!gather) return undefined;
  const args = new Map<string, Raw>();
  if (play.gatherSubset !== undefined) args.set('gather_subset', play.gatherSubset);
  if (play.gatherTimeout !== undefined) args.set('gather_timeout', play.gatherTimeout);
  if (play.factPath !== undefined) args.set('fact_path', play.factPath);
  const keywords: Keywords = { name: 'Gathering Facts', tags: ['always'] };
  const task: Task = {
    kind: 'task',
    action: 'setup',
    written: 'gather_facts',
    args,
    isHandler: false,
    argPositions: new Map(),
    keywords,
    position: play.position,
  };
  return {
    kind: 'block',
    origin: 'file',
    items: [task],
    rescue: [],
    always: [],
    keywords: {},
    position: play.position,
  };
}

import type { Block, Item, Phase } from '../model/playbook.ts';
import type { Raw, Scope } from '../model/value.ts';
import { selected } from '../playbook/tags.ts';
import { evaluate } from '../template/compile.ts';
import { pyStr } from '../template/values.ts';
import { gathered } from '../vars/inherit.ts';
import type { PlayState } from './play-state.ts';

type Selecting = Pick<PlayState, 'run' | 'frame'>;

/** A block with only what --tags and --skip-tags choose. The block itself is changed: it was made for this play. */
export function selectItems(state: Selecting, block: Block): Block {
  block.items = chosen(state, block.items);
  block.rescue = chosen(state, block.rescue);
  block.always = chosen(state, block.always);
  if (block.phase) block.phase = chosenPhase(state, block.phase);
  return block;
}

/** A phase with what the tags leave of the tasks that mend it. */
export function chosenPhase(state: Selecting, phase: Phase): Phase {
  return { ...phase, fix: chosen(state, phase.fix) };
}

function chosen(state: Selecting, items: readonly Item[]): Item[] {
  const { tags, skipTags } = state.run.settings;
  return items.filter((item) => {
    if (item.kind === 'block') {
      selectItems(state, item);
      return item.items.length > 0 || item.always.length > 0;
    }
    if (item.action === 'meta' && item.keywords.tags === undefined) return true;
    return selected(tagsOf(state, item), tags, skipTags);
  });
}

/** A task's tags and those of the blocks around, evaluated with the play's variables. */
export function tagsOf({ run, frame }: Selecting, item: Item): string[] {
  const raw = gathered(item, frame.play, 'tags');
  if (raw.length === 0) return [];
  return evaluatedTags(raw, run.variables.playScope(frame));
}

/** Tags as words: each may be a list, or text with commas. */
export function evaluatedTags(raw: readonly Raw[], scope: Scope): string[] {
  return raw.flatMap((tag) => {
    const value = evaluate(tag, scope);
    return (Array.isArray(value) ? value.map(pyStr) : pyStr(value).split(',')).map((word) => word.trim());
  });
}

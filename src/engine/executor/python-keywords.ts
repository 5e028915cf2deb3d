import { TsplayError } from '../model/errors.ts';
import type { Item, Play } from '../model/playbook.ts';
import type { Position } from '../model/source.ts';
import type { Raw } from '../model/value.ts';
import type { LoadedPlugins } from '../playbook/content/plugins.ts';

/** Whether the content has a plugin of that kind and name in Python, and where. */
type Python = Pick<LoadedPlugins, 'pythonFile'>;

/** Connections, ways to change the user and strategies that plays name and the content has in Python: an error each. */
export function pythonKeywordsIn(plays: readonly Play[], plugins: Python): TsplayError[] {
  return plays.flatMap((play) => {
    const found: (TsplayError | undefined)[] = [
      refusal('strategy', play.strategy, play.position, plugins),
      ...inKeywords(play, plugins),
    ];
    for (const item of [play.preTasks, ...play.roles, play.tasks, play.postTasks, ...play.handlers]) {
      for (const each of below(item)) found.push(...inKeywords(each, plugins));
    }
    return found.filter((error) => error !== undefined);
  });
}

function inKeywords({ keywords, position }: Pick<Item | Play, 'keywords' | 'position'>, plugins: Python) {
  return [
    refusal('connection', keywords.connection, position, plugins),
    refusal('connection', keywords.vars?.get('ansible_connection'), position, plugins),
    refusal('become', keywords.become_method, position, plugins),
  ];
}

function* below(item: Item): Iterable<Item> {
  yield item;
  if (item.kind === 'block') for (const inner of [...item.items, ...item.rescue, ...item.always]) yield* below(inner);
}

const BUILT_IN = /^(?:ssh|smart|paramiko|paramiko_ssh|local|sudo|su|doas|linear|free|host_pinned|debug)$/;

function refusal(
  kind: 'strategy' | 'connection' | 'become',
  name: Raw | undefined,
  position: Position,
  plugins: Python,
): TsplayError | undefined {
  if (typeof name !== 'string' || BUILT_IN.test(name)) return undefined;
  const file = plugins.pythonFile(`${kind}_plugins`, name);
  if (file === undefined) return undefined;
  return new TsplayError(
    'parse',
    `${kind} "${name}" comes from ${file}, a plugin in Python, which tsplay does not run`,
    {
      position,
      hint: 'docs/extending.md says what can be had instead',
    },
  );
}

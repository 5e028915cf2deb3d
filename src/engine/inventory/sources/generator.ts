import type { Position } from '../../model/source.ts';
import type { Dict, Scope, Value } from '../../model/value.ts';
import { compileText, evaluate } from '../../template/compile.ts';
import { pyStr } from '../../template/values.ts';
import { addChild, ensureGroup, joinGroup, setGroupVar } from '../edit.ts';
import { addHosts, failSource, type SourceContext, topOf } from './source.ts';

/** More hosts than this are a slip: layers multiply. */
const MAX_HOSTS = 100_000;

/** Where a template of the source is filled in: the values of one combination of layers. */
type Fill = (value: Value) => Value;

/** Makes a host for every combination of its layers' values, in groups that are named by them. Throws TsplayError. */
export function readGenerated(context: SourceContext, options: Dict): void {
  const top = topOf(context);
  const hosts = options.get('hosts');
  const layers = options.get('layers');
  if (!(hosts instanceof Map) || !hosts.has('name')) failSource('generator needs hosts with a name', top);
  if (!(layers instanceof Map)) failSource('generator needs layers, a dictionary of lists', top);
  for (const layer of combinations(layers, top)) {
    const fill = filler(context, layer, top);
    const name = pyStr(fill(hosts.get('name')!));
    addHosts(context, 'all', { names: [name] }, new Map());
    addParents(context, { name, isGroup: false }, hosts.get('parents') ?? [], fill);
  }
}

function combinations(layers: Dict, top: Position): Map<string, Value>[] {
  let made: Map<string, Value>[] = [new Map()];
  for (const [name, values] of layers) {
    if (!Array.isArray(values)) failSource(`the layer '${pyStr(name)}' must be a list`, top);
    if (made.length * values.length > MAX_HOSTS) failSource('the layers make too many hosts', top);
    made = made.flatMap((sofar) => values.map((value) => new Map([...sofar, [pyStr(name), value]])));
  }
  return made;
}

function filler({ scopeOf, inventory }: SourceContext, layer: ReadonlyMap<string, Value>, position: Position): Fill {
  const plain = scopeOf?.(inventory, '', { varsFiles: false, extraVars: false });
  if (!plain) failSource('this source computes, and nothing here can evaluate', position);
  const scope: Scope = plain.with(layer);
  return (value) => (typeof value === 'string' ? evaluate(compileText(value, position), scope) : value);
}

interface Child {
  readonly name: string;
  readonly isGroup: boolean;
}

function addParents(context: SourceContext, child: Child, parents: Value, fill: Fill): void {
  const { inventory } = context;
  const top = topOf(context);
  if (!Array.isArray(parents)) failSource(`the parents of ${child.name} must be a list`, top);
  for (const parent of parents) {
    if (!(parent instanceof Map) || !parent.has('name')) {
      failSource(`Element ${child.name} has a parent with no name element`, top);
    }
    const name = pyStr(fill(parent.get('name')!));
    const group = ensureGroup(inventory, name);
    const vars = parent.get('vars');
    if (vars instanceof Map) for (const [key, value] of vars) setGroupVar(group, pyStr(key), fill(value));
    if (child.isGroup) addChild(inventory, name, child.name, top);
    else joinGroup(inventory, child.name, name);
    addParents(context, { name, isGroup: true }, parent.get('parents') ?? [], fill);
  }
}

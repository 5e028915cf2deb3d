import { TsplayError } from '../../model/errors.ts';
import type { Task } from '../../model/playbook.ts';
import { Deferred, type Dict, type Raw, Undefined, type Value } from '../../model/value.ts';
import type { ModuleDefinition } from '../../modules/types.ts';
import { compileExpression, compileRaw, evaluate } from '../../template/compile.ts';
import { pyStr, TemplateObject } from '../../template/values.ts';
import { Lookup } from '../../vars/lazy-dict.ts';
import type { VarScope } from '../../vars/scope.ts';
import type { Target } from './command.ts';

/** A task, a host or a result as expressions see it: printed by name, with attributes. */
class Named extends TemplateObject {
  readonly typeName: string;
  private readonly text: string;
  private readonly members: () => ReadonlyMap<string, Value>;

  constructor(typeName: string, text: string, members: () => ReadonlyMap<string, Value>) {
    super(typeName, () => new Undefined(`'${typeName}' object is not callable`));
    this.typeName = typeName;
    this.text = text;
    this.members = members;
  }

  attribute(name: string): Value | undefined {
    return this.members().get(name);
  }

  override print(): string {
    return this.text;
  }
}

export interface SceneInputs {
  readonly task: Task;
  readonly module: ModuleDefinition | undefined;
  /** As output names the task. */
  readonly name: string;
  readonly host: string;
  readonly scope: VarScope;
  readonly result: Dict;
}

/** What somebody at the debugger sees of a task on a host, and has changed. */
export class Scene {
  private readonly inputs: SceneInputs;
  private args: Dict;
  private readonly vars = new Map<string, Value>();
  private readonly scope: VarScope;

  constructor(inputs: SceneInputs) {
    this.inputs = inputs;
    this.args = writtenArgs(inputs.task);
    this.scope = inputs.scope.with(this.names());
  }

  /** The value of an expression. Throws TsplayError. */
  evaluate(expression: string): Value {
    return evaluate(compileExpression(expression), this.scope);
  }

  assign(target: Target, value: Value): void {
    if (target.key === undefined) {
      if (!(value instanceof Map)) throw new TsplayError('template', 'task.args must be a dictionary');
      this.args = new Map(value);
    } else if (target.of === 'task.args') this.args.set(this.evaluate(target.key), value);
    else this.vars.set(pyStr(this.evaluate(target.key)), value);
  }

  delete(target: Target): void {
    if (target.key === undefined) return this.args.clear();
    const key = this.evaluate(target.key);
    const gone = target.of === 'task.args' ? this.args.delete(key) : this.vars.delete(pyStr(key));
    if (!gone) throw new TsplayError('template', `there is no ${pyStr(key)} in ${target.of} that could be deleted`);
  }

  /** The arguments as the playbook has them. */
  reset(): void {
    this.args = writtenArgs(this.inputs.task);
  }

  /** The task with its arguments as they are now: texts among them may be templates, as in a playbook. */
  editedTask(): Task {
    const { task, module } = this.inputs;
    const before = writtenArgs(task);
    const args = [...this.args].map(([key, value]): [string, Raw] => {
      const name = pyStr(key);
      if (value === before.get(key)) return [name, task.args.get(name)!];
      return [name, module?.args[name]?.deferred ? expressions(value) : compileRaw(value)];
    });
    return { ...task, args: new Map(args) };
  }

  /** Variables that were set. */
  get editedVars(): ReadonlyMap<string, Raw> {
    return new Map([...this.vars].map(([name, value]) => [name, compileRaw(value)]));
  }

  private names(): Map<string, Value> {
    const { task, name, host, result, scope } = this.inputs;
    const shown = new Named(
      'Task',
      `TASK: ${name}`,
      () =>
        new Map<string, Value>([
          ['args', this.args],
          ['name', name],
          ['action', task.written],
          ...Object.entries(task.keywords).flatMap(([key, raw]): [string, Value][] =>
            raw === undefined || key === 'name' ? [] : [[key, written(raw as Raw)]],
          ),
        ]),
    );
    const target = new Named('Host', host, () => new Map([['name', host]]));
    const members = new Map<string, Value>([
      ['_result', result],
      ['_task', shown],
      ['_host', target],
    ]);
    const all = () => new Set([...scope.names(), ...this.vars.keys()]);
    const find = (key: Value) => (typeof key === 'string' ? (this.vars.get(key) ?? scope.get(key)) : undefined);
    return new Map<string, Value>([
      ['task', shown],
      ['task_vars', new Lookup(all, find)],
      ['host', target],
      ['result', new Named('TaskResult', '<TaskResult object>', () => members)],
    ]);
  }
}

function writtenArgs(task: Task): Dict {
  return new Map([...task.args].map(([name, raw]) => [name, written(raw)]));
}

/** A raw value as it is written: templates are their text. */
function written(raw: Raw): Value {
  if (raw instanceof Deferred) return raw.text;
  if (Array.isArray(raw)) return raw.map(written);
  if (raw instanceof Map) return new Map([...raw].map(([key, value]) => [key, written(value)]));
  return raw as Value;
}

function expressions(value: Value): Raw {
  if (Array.isArray(value)) return value.map(expressions);
  return typeof value === 'string' ? compileExpression(value) : value;
}

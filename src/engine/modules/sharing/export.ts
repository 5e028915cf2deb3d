import type { Change, Diff } from '../../model/change.ts';
import { TsplayError } from '../../model/errors.ts';
import type { Shared } from '../../model/shared.ts';
import type { Dict, Value } from '../../model/value.ts';
import type { Entry } from '../../store/entry.ts';
import { defineModule } from '../define.ts';
import type { Plan } from '../types.ts';
import { readLifetime } from './lifetime.ts';
import { checkNames } from './names.ts';
import { secretsIn, shownFacts } from './secrets.ts';

/** Bytes that a host may share under one name; stores on the network take a little more. */
const LARGEST = 512 * 1024;

export const exportFacts = defineModule({
  name: 'export',
  collection: 'tsplay.builtin',
  summary: 'Share facts of a host under the name of a cluster',
  controllerOnly: true,
  shares: true,
  args: {
    cluster: { type: 'str', required: true, doc: 'Name of the cluster.' },
    kind: { type: 'str', required: true, doc: 'What the facts are, for those who collect them: `k3s_server`.' },
    facts: {
      type: 'dict',
      aliases: ['values'],
      doc: 'Facts by name. They are secrets wherever they turn up, but for those that `plain` names.',
    },
    plain: { type: 'list', elements: 'str', default: [], doc: 'Names of facts that are no secrets.' },
    ttl: {
      type: 'raw',
      default: '24h',
      doc: 'How long they count: seconds, `30m`, `24h`, `7d`, `2w`, or `never`. Renewed when half of it is over.',
    },
    state: {
      type: 'str',
      choices: ['absent', 'present'],
      default: 'present',
      doc: '`absent` withdraws what the host shared.',
    },
  },
  rules: { requiredIf: [['state', 'present', ['facts']]] },
  async prepare(controller, args) {
    const { cluster, kind, facts, plain } = args;
    checkNames({ cluster, kind });
    const shared: Shared | undefined =
      args.state === 'present' && facts ? { facts, plain, lifetime: readLifetime(args.ttl) } : undefined;
    const secrets = shared ? secretsIn(shared) : [];
    for (const text of secrets) controller.scope.world.secret(text);
    if (shared) checkShared(shared);
    const exchange = await controller.exchange();
    const entry = { cluster, kind, owner: controller.host };
    const before = await exchange.find(entry);
    const digest = shared && exchange.digest(shared.facts);
    return { entry, shared, before, digest, secrets, now: Date.now(), place: exchange.place };
  },
  plan(_args, _state, { entry, shared, before, digest, secrets, now, place }): Plan {
    const told: Record<string, Value> = { ...entry, store: place };
    if (digest !== undefined) told['digest'] = digest;
    const summary = `${shared ? 'export' : 'withdraw'} ${entry.kind} of cluster ${entry.cluster}`;
    const change: Change = { kind: 'share', summary, entry, shared, diff: diffOf(before, shared, digest) };
    return {
      changes: needsChange(before, shared, digest, now) ? [change] : [],
      result: told,
      effects: [{ kind: 'secrets', texts: secrets }],
    };
  },
  examples: `- export:
    cluster: prod
    kind: k3s_server
    facts:
      token: K10c0ffee::server:5ec2e7
      url: "https://{{ ansible_host | default('s1') }}:6443"
    plain: [url]
    ttl: 24h
- export: {cluster: prod, kind: k3s_server, state: absent}`,
});

function checkShared({ facts, plain }: Shared): void {
  const unknown = plain.find((name) => !facts.has(name));
  if (unknown !== undefined) throw new TsplayError('module', `plain: there is no fact '${unknown}'`);
  if (sizeOf(facts) > LARGEST) {
    throw new TsplayError('module', `facts: more than ${LARGEST / 1024} KiB cannot be shared`, {
      hint: 'share where it is to be found instead',
    });
  }
}

function sizeOf(value: Value): number {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, member) => sum + sizeOf(member), 0);
  if (value instanceof Map) return sizeOf([...value.keys()]) + sizeOf([...value.values()]);
  return 8;
}

function needsChange(
  before: Entry | undefined,
  shared: Shared | undefined,
  digest: string | undefined,
  now: number,
): boolean {
  if (!shared) return before !== undefined;
  if (!before || before.digest !== digest || before.lifetime !== shared.lifetime) return true;
  if (before.plain.toSorted().join() !== shared.plain.toSorted().join()) return true;
  const { lifetime, expires } = before;
  return lifetime !== null && expires !== null && expires - now < (lifetime * 1000) / 2;
}

/** That a secret is another one shows by the digest. */
function diffOf(before: Entry | undefined, after: Shared | undefined, digest: string | undefined): Diff {
  return {
    before: before ? shown(before, before.digest) : '',
    after: after ? shown(after, digest ?? '') : '',
  };
}

function shown(shared: Shared, digest: string): Dict {
  return new Map<Value, Value>([
    ['facts', shownFacts(shared)],
    ['digest', digest],
    ['ttl', shared.lifetime ?? 'never'],
  ]);
}

import { backupArg } from './args/common.ts';
import { defineModule } from './define.ts';
import { linesOf, readText, type TextFile, writeText } from './text-file.ts';
import type { Plan } from './types.ts';

const items = [
  ...['core', 'data', 'fsize', 'memlock', 'nofile', 'rss', 'stack', 'cpu', 'nproc', 'as', 'maxlogins', 'maxsyslogins'],
  ...['priority', 'locks', 'sigpending', 'msgqueue', 'nice', 'rtprio', 'chroot'],
];

interface LimitArgs {
  readonly domain: string;
  readonly limit_type: string;
  readonly limit_item: string;
  readonly value: string;
  readonly use_max: boolean;
  readonly use_min: boolean;
  readonly backup: boolean;
  readonly comment: string;
}

export const pamLimits = defineModule({
  name: 'pam_limits',
  collection: 'community.general',
  summary: 'Manage limits of what users may take',
  args: {
    domain: { type: 'str', required: true, doc: 'User, `@group`, or `*` for all.' },
    limit_type: {
      type: 'str',
      required: true,
      choices: ['soft', 'hard', '-'],
      doc: 'Kind of the limit; `-` for both.',
    },
    limit_item: { type: 'str', required: true, choices: items, doc: 'What is limited.' },
    value: { type: 'str', required: true, doc: 'The limit: a number, or `unlimited`.' },
    use_max: { type: 'bool', default: false, doc: 'Keep a higher limit that is there.' },
    use_min: { type: 'bool', default: false, doc: 'Keep a lower limit that is there.' },
    backup: backupArg,
    dest: { type: 'str', default: '/etc/security/limits.conf', doc: 'The file.' },
    comment: { type: 'str', default: '', doc: 'Comment behind the limit.' },
  },
  inspect: (host, { dest }) => readText(host, dest),
  plan: planLimit,
  report(_args, _before, outcomes) {
    const backup = outcomes[0]?.backupFile;
    return backup === undefined ? {} : { result: { backup_file: backup } };
  },
  examples: '- pam_limits: {domain: "@db", limit_type: soft, limit_item: nofile, value: "65536"}',
});

function planLimit(args: LimitArgs, file: TextFile): Plan {
  const { limit_item: item, value } = args;
  if (args.use_max && args.use_min) return { changes: [], failed: 'Cannot use use_min and use_max at the same time.' };
  const isNumber = /^-?\d+$/.test(value) && (Number(value) >= -1 || ['nice', 'priority'].includes(item));
  if (!isNumber && !isUnlimited(value, item)) {
    const failed = `Value of ${item} must be 'unlimited', 'infinity', -1 or a number`;
    return { changes: [], failed: `${failed}: got ${value}` };
  }
  let message: string | undefined;
  const lines = linesOf(file.text).map((line) => {
    const [setting = '', ...comments] = line.split('#');
    const [domain, kind, name, old, ...more] = setting.trim().split(/\s+/);
    const isThis = domain === args.domain && kind === args.limit_type && name === item;
    if (line.startsWith('#') || old === undefined || more.length > 0 || !isThis) return line;
    const wanted = chosen(args, old);
    message = wanted === old ? line : limitLine(args, wanted, args.comment || comments.join('#'));
    return message;
  });
  if (message === undefined) {
    message = limitLine(args, value, args.comment);
    lines.push(message);
  }
  const text = lines.map((line) => `${line}\n`).join('');
  const changes = file.state && text === file.text ? [] : [writeText(file, text, { backup: args.backup })];
  return { changes, result: { msg: `${message}\n` } };
}

function limitLine({ domain, limit_type: kind, limit_item: item }: LimitArgs, value: string, comment: string): string {
  return [domain, kind, item, value, ...(comment === '' ? [] : [`#${comment}`])].join('\t');
}

function isUnlimited(value: string, item: string): boolean {
  return !['nice', 'priority'].includes(item) && ['unlimited', 'infinity', '-1'].includes(value);
}

/** The limit to have where one stands already. */
function chosen({ value, limit_item: item, use_max: most, use_min: least }: LimitArgs, old: string): string {
  if (!most && !least) return value;
  const rank = (limit: string) => (isUnlimited(limit, item) ? Number.POSITIVE_INFINITY : Number(limit));
  if (rank(value) === rank(old)) return old;
  return rank(value) > rank(old) === most ? value : old;
}

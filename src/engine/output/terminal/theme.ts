import { Chalk } from 'chalk';
import type { Status } from '../../model/event.ts';
import type { DiffLine } from '../diff.ts';

/** Colours a text. */
export type Paint = (text: string) => string;

export interface Theme {
  readonly status: Readonly<Record<Status, Paint>>;
  readonly diff: Readonly<Record<DiffLine, Paint>>;
  readonly symbol: Readonly<Record<Status, string>>;
  readonly strong: Paint;
  readonly faint: Paint;
  readonly title: Paint;
  readonly warning: Paint;
  readonly ignored: Paint;
  /** Lines and bars. */
  readonly rule: string;
  readonly gutter: string;
  readonly bar: string;
  readonly dot: string;
  readonly arrow: string;
}

const UNICODE = {
  symbol: { ok: '✔', changed: '●', failed: '✖', unreachable: '✖', skipped: '○', unknown: '?' },
  rule: '─',
  gutter: '│',
  bar: '━',
  dot: '·',
  arrow: '→',
} as const;

const ASCII = {
  symbol: { ok: '+', changed: '*', failed: 'x', unreachable: 'x', skipped: '-', unknown: '?' },
  rule: '-',
  gutter: '|',
  bar: '=',
  dot: '-',
  arrow: '->',
} as const;

/** Colours by level as chalk counts them, signs by what the terminal can write. */
export function makeTheme(level: 0 | 1 | 2 | 3, unicode: boolean): Theme {
  const chalk = new Chalk({ level });
  return {
    ...(unicode ? UNICODE : ASCII),
    status: {
      ok: chalk.green,
      changed: chalk.yellow,
      failed: chalk.red,
      unreachable: chalk.redBright,
      skipped: chalk.dim,
      unknown: chalk.magenta,
    },
    diff: { file: chalk.bold, hunk: chalk.cyan, added: chalk.green, removed: chalk.red, context: chalk.dim },
    strong: chalk.bold,
    faint: chalk.dim,
    title: chalk.bold.cyan,
    warning: chalk.yellow,
    ignored: chalk.cyan,
  };
}

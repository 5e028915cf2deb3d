import type { Change } from '../model/change.ts';
import { sh } from '../remote/quote.ts';
import { defineModule } from './define.ts';
import { runChange } from './run-change.ts';
import { linesOf, readText, type TextFile, writeText } from './text-file.ts';
import type { Plan } from './types.ts';

interface LocaleState {
  /** `supported`: Ubuntu keeps no list of its own to edit. */
  readonly kind: 'list' | 'supported' | 'none';
  readonly list: TextFile;
  /** Lines of what the C library could make: `de_DE.UTF-8 UTF-8`. */
  readonly supported: readonly string[];
  /** What was made, as `locale -a` writes it. */
  readonly made: readonly string[];
}

const listPath = '/etc/locale.gen';

export const localeGen = defineModule({
  name: 'locale_gen',
  collection: 'community.general',
  summary: 'Make locales',
  args: {
    name: { type: 'list', elements: 'str', required: true, doc: 'Locales with their encoding: `de_DE.UTF-8`.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', doc: 'Whether they are there.' },
  },
  async inspect(host): Promise<LocaleState> {
    const [list, { stdout }] = await Promise.all([
      readText(host, listPath),
      host.query(sh`[ ! -d /var/lib/locales/supported.d ] || echo ubuntu; printf '\036\n'
locale -a 2>/dev/null; printf '\036\n'; cat /usr/share/i18n/SUPPORTED 2>/dev/null; :`),
    ]);
    const [kind = '', made = '', supported = ''] = stdout.toString('utf8').split('\x1e\n');
    return {
      kind: kind.trim() === 'ubuntu' ? 'supported' : list.state ? 'list' : 'none',
      list,
      supported: linesOf(supported),
      made: linesOf(made),
    };
  },
  plan: planLocales,
  examples: '- locale_gen: {name: de_DE.UTF-8}',
});

/** `locale -a` writes encodings in its own way: `de_DE.utf8`. */
function plain(locale: string): string {
  return locale.replace(/\..*/, (encoding) => encoding.toLowerCase().replaceAll('-', ''));
}

function planLocales({ name: names, state }: { name: string[]; state: 'absent' | 'present' }, host: LocaleState): Plan {
  if (host.kind === 'none') {
    const failed = `${listPath} and /var/lib/locales/supported.d/local are missing. Is the package "locales" installed?`;
    return { changes: [], failed };
  }
  const known = (name: string) =>
    host.supported.some((line) => line.split(' ')[0] === name) || listed(host.list.text, name) !== undefined;
  const unknown = names.filter((name) => !known(name));
  if (unknown.length > 0) {
    return {
      changes: [],
      failed: `The locales you've entered are not available on your system: ${unknown.join(', ')}`,
    };
  }
  const present = state === 'present';
  const made = new Set(host.made.map(plain));
  const wrong = names.filter((name) => made.has(plain(name)) !== present);
  if (wrong.length === 0) return { changes: [], result: { name: names, msg: 'OK' } };
  return {
    changes: host.kind === 'list' ? byList(wrong, present, host) : bySupported(wrong, present),
    result: { name: names, msg: 'OK' },
  };
}

function listed(text: string, name: string): string | undefined {
  return linesOf(text).find((line) => line.replace(/^#\s*/, '').split(/\s+/)[0] === name);
}

function byList(names: readonly string[], present: boolean, { list, supported }: LocaleState): Change[] {
  let lines = linesOf(list.text);
  for (const name of names) {
    const line = listed(list.text, name) ?? supported.find((each) => each.split(' ')[0] === name);
    const entry = line?.replace(/^#\s*/, '') ?? name;
    const wanted = present ? entry : `# ${entry}`;
    lines = lines.includes(line ?? '') ? lines.map((each) => (each === line ? wanted : each)) : [...lines, wanted];
  }
  return [
    writeText(list, lines.map((line) => `${line}\n`).join('')),
    runChange(`generate locales: ${names.join(' ')}`, sh`locale-gen`),
  ];
}

function bySupported(names: readonly string[], present: boolean): Change[] {
  const file = '/var/lib/locales/supported.d/local';
  if (present) return [runChange(`generate locales: ${names.join(' ')}`, sh`locale-gen ${names}`)];
  const others = names.flatMap((name) => ['-e', `^${name.replaceAll('.', '\\.')} `]);
  const script = sh`t=$(mktemp) && { grep -v ${others} ${file} >"$t"; cat "$t" >${file}; rm -f "$t"; locale-gen --purge; }`;
  return [runChange(`remove locales: ${names.join(' ')}`, script)];
}

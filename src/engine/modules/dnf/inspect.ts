import type { Script } from '../../model/script.ts';
import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';
import { linesOf } from '../text-file.ts';

export interface DnfArgs {
  readonly name: readonly string[];
  readonly state: 'absent' | 'present' | 'installed' | 'removed' | 'latest' | null;
  readonly list: string | null;
  readonly enablerepo: readonly string[];
  readonly disablerepo: readonly string[];
  readonly exclude: readonly string[];
  readonly update_cache: boolean;
  readonly update_only: boolean;
  readonly security: boolean;
  readonly bugfix: boolean;
  readonly autoremove: boolean;
  readonly disable_gpg_check: boolean;
  readonly allowerasing: boolean;
  readonly allow_downgrade: boolean;
  readonly nobest: boolean | null;
  readonly best: boolean | null;
  readonly skip_broken: boolean;
  readonly install_weak_deps: boolean;
  readonly installroot: string;
  readonly releasever: string | null;
  readonly download_only: boolean;
  readonly download_dir: string | null;
  readonly cacheonly: boolean;
  readonly conf_file: string | null;
  readonly disable_excludes: string | null;
  readonly disable_plugin: readonly string[];
  readonly enable_plugin: readonly string[];
  readonly sslverify: boolean;
}

export interface DnfState {
  /** dnf, dnf5 or yum; undefined if the host has none. */
  readonly program: string | undefined;
  /** Of the names, those that something installed answers to. */
  readonly installed: readonly string[];
  /** Of the names, those for which there is something newer; `*` where anything at all is. */
  readonly outdated: readonly string[];
}

/** Names as a list, whether given as one or with commas. */
export function namesOf(args: DnfArgs): string[] {
  return args.name
    .flatMap((name) => name.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Words that every call has. */
export function dnfOptions(args: DnfArgs): string[] {
  const each = (option: string, values: readonly string[]) =>
    values.flatMap((value) => value.split(',')).map((value) => `${option}=${value.trim()}`);
  const flags: readonly (readonly [boolean, string])[] = [
    [args.disable_gpg_check, '--nogpgcheck'],
    [args.allowerasing, '--allowerasing'],
    [args.nobest === true, '--nobest'],
    [args.best === true, '--best'],
    [args.skip_broken, '--skip-broken'],
    [args.cacheonly, '--cacheonly'],
    [!args.install_weak_deps, '--setopt=install_weak_deps=False'],
    [!args.sslverify, '--setopt=sslverify=False'],
    [args.installroot !== '/', `--installroot=${args.installroot}`],
    [args.releasever !== null, `--releasever=${args.releasever}`],
    [args.conf_file !== null, `--config=${args.conf_file}`],
    [args.disable_excludes !== null, `--disableexcludes=${args.disable_excludes}`],
  ];
  return [
    '-y',
    ...each('--enablerepo', args.enablerepo),
    ...each('--disablerepo', args.disablerepo),
    ...each('--exclude', args.exclude),
    ...each('--disableplugin', args.disable_plugin),
    ...each('--enableplugin', args.enable_plugin),
    ...flags.filter(([on]) => on).map(([, flag]) => flag),
  ];
}

/** Asks rpm, which is quick; dnf is asked only whether there is something newer. */
export async function inspectDnf(host: HostView, args: DnfArgs): Promise<DnfState> {
  const names = namesOf(args);
  const root = args.installroot === '/' ? [] : ['--root', args.installroot];
  const newer: Script =
    args.state === 'latest'
      ? sh`for n; do case $n in '*') set -- ;; *) set -- "$n";; esac
"$p" -q ${dnfOptions(args)} check-update "$@" >/dev/null 2>&1; [ $? -ne 100 ] || printf 'new %s\n' "$n"; done`
      : sh`:`;
  const { stdout } = await host.query(sh`export LC_ALL=C; set -- ${names}; p=
for c in dnf dnf5 yum; do ! command -v $c >/dev/null || { p=$c; echo "program $c"; break; }; done
[ -n "$p" ] || exit 0
for n; do case $n in
  @*) "$p" -q group list --installed 2>/dev/null | grep -qi -e "$(printf %s "$n" | cut -c2-)" && printf 'has %s\n' "$n";;
  *.rpm) f=$(rpm -q --qf '%{NAME}-%{EVR}.%{ARCH}' -p -- "$n" 2>/dev/null) && rpm ${root} -q -- "$f" >/dev/null 2>&1 && printf 'has %s\n' "$n";;
  *) rpm ${root} -q --whatprovides -- "$n" >/dev/null 2>&1 && printf 'has %s\n' "$n" || { rpm ${root} -q -- "$n" >/dev/null 2>&1 && printf 'has %s\n' "$n"; };;
esac; done
${newer}; :`);
  return readDnf(stdout.toString('utf8'));
}

export function readDnf(output: string): DnfState {
  const after = (word: string) =>
    linesOf(output).flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  return { program: after('program')[0], installed: after('has'), outdated: after('new') };
}

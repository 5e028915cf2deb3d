import { type Dict, dict, type Value } from '../../../model/value.ts';
import { parseJson } from '../../../template/filters/json/parse.ts';
import type { Collector } from '../collector.ts';
import { basename } from '../gathered.ts';
import { parseIni } from '../ini.ts';

/**
 * A fact file's section is `local PATH`; that of one that is run is followed by `status RC PATH` with its stderr.
 * A link that leads nowhere is a `dangling PATH`.
 */
export const local: Collector = {
  name: 'local',
  script: `for f in "$fact_path"/*.fact; do [ -e "$f" ] || { [ ! -L "$f" ] || section "dangling $f"; continue; }
  section "local $f"
  if [ -x "$f" ]; then { err=$("$f" 2>&1 >&3 3>&- </dev/null); rc=$?; } 3>&1; section "status $rc $f"; printf '%s' "$err"
  else cat "$f" 2>/dev/null; fi; done`,
  parse(host) {
    const facts: Dict = new Map();
    const failures = new Map<string, string>();
    for (const section of host.sections('status ')) {
      const [, rc, path] = /^status (\d+) (.*)$/s.exec(section) ?? [];
      const stderr = host.section(section) ?? '';
      if (rc !== '0') failures.set(path!, `Failure executing fact script (${path}), rc: ${rc}, err: ${stderr}`);
    }
    for (const section of host.sections('dangling ')) {
      const path = section.slice('dangling '.length);
      facts.set(basename(path).replace('.fact', ''), `Could not stat fact (${path}): No such file or directory`);
    }
    for (const section of host.sections('local ')) {
      const path = section.slice('local '.length);
      const name = basename(path).replace('.fact', '');
      facts.set(name, failures.get(path) ?? readFact(path, host.section(section) ?? ''));
    }
    return { local: facts };
  },
};

/** Warnings about fact files that could not be used: their facts are the message. */
export function localWarnings(facts: Value | undefined): string[] {
  if (!(facts instanceof Map)) return [];
  return [...facts.values()].filter(
    (value): value is string =>
      typeof value === 'string' && /^(Failure executing|error loading|Could not stat) /.test(value),
  );
}

function readFact(path: string, text: string): Value {
  try {
    return parseJson(text);
  } catch {
    const sections = parseIni(text);
    if (!sections) return `error loading facts as JSON or ini - please check content: ${path}`;
    if (sections === 'unfilled') return `error loading facts as ini - please check content: ${path}`;
    return new Map([...sections].map(([name, options]) => [name, dict(Object.fromEntries(options))]));
  }
}

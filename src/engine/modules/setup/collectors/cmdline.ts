import type { Dict } from '../../../model/value.ts';
import type { Collector, Facts } from '../collector.ts';

/** The kernel's command line; `proc_cmdline` lists a name's values where it is given more than once. */
export const cmdline: Collector = {
  name: 'cmdline',
  files: ['/proc/cmdline'],
  parse(host): Facts {
    const text = host.file('/proc/cmdline');
    if (text === undefined) return {};
    const last: Dict = new Map();
    const all: Dict = new Map();
    // quotes group words and are kept
    for (const word of text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []) {
      const at = word.indexOf('=');
      const name = at < 0 ? word : word.slice(0, at);
      const value = at < 0 ? true : word.slice(at + 1);
      last.set(name, value);
      const before = all.get(name);
      if (value === true || before === undefined) all.set(name, value);
      else all.set(name, Array.isArray(before) ? [...before, value] : [before, value]);
    }
    return { cmdline: last, proc_cmdline: all };
  },
};

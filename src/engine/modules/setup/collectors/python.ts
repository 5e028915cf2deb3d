import { dict, type Value } from '../../../model/value.ts';
import type { Collector, Facts } from '../collector.ts';
import { capture } from '../gathered.ts';

/** The Python that the host has, for content that asks; its version is told by the name that the link leads to, as it is not run. */
export const python: Collector = {
  name: 'python',
  factIds: ['python_version'],
  script: `section python; path=$(command -v python3 || command -v /usr/bin/python3) && printf '%s\\n' "$path" && readlink -f "$path"`,
  parse(host): Facts {
    const section = host.section('python');
    const executable = capture(/^(\S+)/, section);
    const version = capture(/python(\d+\.\d+)\n*$/, section);
    if (!executable || !version) return {};
    const [major, minor] = version.split('.').map(Number) as [number, number];
    return {
      python: dict({
        executable,
        type: 'cpython',
        version: dict({ major, minor }),
        version_info: [major, minor] as Value[],
      }),
      python_version: version,
    };
  },
};

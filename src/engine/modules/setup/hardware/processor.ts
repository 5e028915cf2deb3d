import type { Facts } from '../collector.ts';
import { capture, type Gathered } from '../gathered.ts';

const shown = new Set(['model name', 'Processor', 'vendor_id', 'cpu', 'Vendor', 'processor']);

interface Tally {
  readonly processor: string[];
  /** How often each key stands there. */
  readonly times: Map<string, number>;
  /** Cores by physical package. */
  readonly sockets: Map<string, number>;
  /** Siblings by core. */
  readonly cores: Map<string, number>;
  readonly last: Map<string, string>;
}

/** Processors as /proc/cpuinfo lists them, in the shape that each architecture gives it. */
export function processorFacts(host: Gathered, machine: string): Facts {
  const text = host.file('/proc/cpuinfo');
  if (text === undefined) return {};
  const tally = tallyFields(text);
  const { processor, last } = tally;
  const flags = last.get('flags');
  const usable = affinity(host);
  return {
    processor,
    ...(flags !== undefined && { flags: flags.split(' ') }),
    ...counts(host, machine, tally),
    ...(usable !== undefined && { processor_nproc: usable }),
  };
}

function tallyFields(text: string): Tally {
  const tally: Tally = { processor: [], times: new Map(), sockets: new Map(), cores: new Map(), last: new Map() };
  let socket = '0';
  let core = '0';
  for (const line of text.split('\n')) {
    const at = line.indexOf(':');
    const key = (at < 0 ? line : line.slice(0, at)).trim();
    const value = at < 0 ? '' : line.slice(at + 1).trim();
    tally.last.set(key, value);
    if (shown.has(key)) {
      tally.processor.push(value);
      tally.times.set(key, (tally.times.get(key) ?? 0) + 1);
    } else if (key === 'physical id') {
      socket = value;
      if (!tally.sockets.has(socket)) tally.sockets.set(socket, 1);
    } else if (key === 'core id') {
      core = value;
      if (!tally.sockets.has(core)) tally.cores.set(core, 1);
    } else if (key === 'cpu cores') tally.sockets.set(socket, Number(value));
    else if (key === 'siblings') tally.cores.set(core, Number(value));
  }
  return tally;
}

function counts(host: Gathered, machine: string, { times, sockets, cores, last, processor }: Tally): Facts {
  const listed = times.get('processor') ?? 0;
  if (machine === 's390x') return s390Counts(last);
  const vendors = times.get('vendor_id') ?? 0;
  let found = vendors > 0 && vendors === times.get('model name') ? vendors : processor.length;
  if (/^(armv|aarch|ppc)/.test(machine)) found = listed;
  if (isXenParavirtual(host, last)) return sameCounts(found);
  const count = sockets.size || found;
  const perSocket = [...sockets.values()][0] || 1;
  const siblings = [...cores.values()][0] ?? 1;
  const threads = roundHalfEven(siblings / perSocket);
  return {
    processor_count: count,
    processor_cores: perSocket,
    processor_threads_per_core: threads,
    processor_vcpus: threads * count * perSocket,
    processor_nproc: listed,
  };
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function s390Counts(last: ReadonlyMap<string, string>): Facts {
  const processors = Number(last.get('# processors'));
  const threads = Number(last.get('max thread id') ?? 0) + 1;
  return {
    processor_count: 1,
    processor_cores: roundHalfEven(processors / threads),
    processor_threads_per_core: threads,
    processor_vcpus: processors,
    processor_nproc: processors,
  };
}

function sameCounts(count: number): Facts {
  return {
    processor_count: count,
    processor_cores: count,
    processor_threads_per_core: 1,
    processor_vcpus: count,
    processor_nproc: count,
  };
}

// such a guest sees one core only, and no vme flag
function isXenParavirtual(host: Gathered, last: ReadonlyMap<string, string>): boolean {
  const xen = host.exists('/proc/xen') || host.file('/sys/hypervisor/type') === 'xen';
  const flags = last.get('flags');
  return xen && flags !== undefined && !flags.includes('vme');
}

/** How many processors a task may use. */
function affinity(host: Gathered): number | undefined {
  const list = capture(/^Cpus_allowed_list:\s*(\S+)/m, host.file('/proc/self/status'));
  if (list === undefined) return undefined;
  return list.split(',').reduce((sum, range) => {
    const [first, last = first] = range.split('-');
    return sum + Number(last) - Number(first) + 1;
  }, 0);
}

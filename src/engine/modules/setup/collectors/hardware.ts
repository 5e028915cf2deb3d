import type { Collector, Facts } from '../collector.ts';
import { capture } from '../gathered.ts';
import { DeviceLinks, linksPaths, linksScript } from '../hardware/device-links.ts';
import { deviceFacts, deviceFiles, devicePaths, deviceScript } from '../hardware/devices.ts';
import { dmiFacts, dmiFiles, dmiScript } from '../hardware/dmi.ts';
import { lvmFacts, lvmScript } from '../hardware/lvm.ts';
import { memoryFacts } from '../hardware/memory.ts';
import { mountFacts, mountFiles, mountScript } from '../hardware/mounts.ts';
import { processorFacts } from '../hardware/processor.ts';

/** Processors, memory, maker, disks and mounts. */
export const hardware: Collector = {
  name: 'hardware',
  factIds: ['processor', 'processor_cores', 'processor_count', 'mounts', 'devices'],
  requires: ['platform'],
  files: [
    '/proc/meminfo',
    '/proc/cpuinfo',
    '/proc/self/status',
    '/proc/uptime',
    '/proc/sysinfo',
    '/sys/hypervisor/type',
    ...dmiFiles,
    ...deviceFiles,
    ...mountFiles,
  ],
  paths: ['/proc/xen', ...devicePaths, ...linksPaths],
  script: [linksScript, deviceScript, dmiScript, mountScript, lvmScript].join('\n'),
  parse(host, known) {
    const links = new DeviceLinks(host);
    const uptime = capture(/^(\d+)/, host.file('/proc/uptime'));
    const lvm = lvmFacts(host);
    const facts: Facts = {
      ...processorFacts(host, String(known['architecture'] ?? '')),
      ...memoryFacts(host),
      ...dmiFacts(host),
      ...deviceFacts(host, links),
      mounts: mountFacts(host, links),
    };
    if (uptime !== undefined) facts['uptime_seconds'] = Number(uptime);
    if (lvm !== undefined) facts['lvm'] = lvm;
    return facts;
  },
};

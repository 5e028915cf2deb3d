import type { Collector } from '../collector.ts';
import { capture, lines } from '../gathered.ts';

export const iscsi: Collector = {
  name: 'iscsi',
  files: ['/etc/iscsi/initiatorname.iscsi'],
  parse: (host) => ({
    iscsi_iqn: capture(/^InitiatorName=(.*)$/m, host.file('/etc/iscsi/initiatorname.iscsi')) ?? '',
  }),
};

export const nvme: Collector = {
  name: 'nvme',
  files: ['/etc/nvme/hostnqn'],
  parse: (host) => ({ hostnqn: capture(/^(nqn\..*)$/m, host.file('/etc/nvme/hostnqn')) ?? '' }),
};

export const fibreChannel: Collector = {
  name: 'fibre_channel_wwn',
  files: ['/sys/class/fc_host/*/port_name'],
  parse(host) {
    const ports = host.filesLike(/^\/sys\/class\/fc_host\//).flatMap((path) => lines(host.file(path)));
    return { fibre_channel_wwn: ports.map((port) => port.trimEnd().slice(2)) };
  },
};

import { describe, expect, test } from '@jest/globals';
import { dict } from '../../../../src/engine/model/value.ts';
import { readFacts } from '../../../../src/engine/modules/setup/setup.ts';
import { gatheringOutput } from './output.ts';

type Output = Parameters<typeof gatheringOutput>[0];

function facts(group: string, output: Output) {
  return readFacts(gatheringOutput(output), ['!all', '!min', group]);
}

describe('names', () => {
  const uname = 'Linux web01 6.1.0-13-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 x86_64\n';
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['an alias with a dot', '10.0.0.5 web01 web01.example.com\n', 'web01.example.com', 'example.com'],
    ['a canonical name', '10.0.0.5 web01.example.com web01\n', 'web01.example.com', 'example.com'],
    ['no dot anywhere', '127.0.0.1 localhost web01\n', 'localhost', ''],
    ['nothing found', '', 'web01', ''],
  ];
  test.each(cases)('%s', (_name, fqdn, name, domain) => {
    const found = facts('platform', { sections: { uname, bits: '64\n', fqdn } });
    expect(found).toMatchObject({
      fqdn: name,
      domain,
      hostname: 'web01',
      kernel: '6.1.0-13-amd64',
      kernel_version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1',
      architecture: 'x86_64',
      userspace_bits: '64',
    });
  });
});

describe('network', () => {
  const found = facts('network', {
    commands: ['ip'],
    paths: ['/sys/class/net/eth0/', '/sys/class/net/lo/', '/sys/class/net/br-0/', '/sys/class/net/br-0/bridge'],
    files: {
      '/sys/class/net/eth0/address': '02:00:00:00:00:01\n',
      '/sys/class/net/eth0/mtu': '1400\n',
      '/sys/class/net/eth0/operstate': 'up\n',
      '/sys/class/net/eth0/type': '1\n',
      '/sys/class/net/eth0/flags': '0x1103\n',
      '/sys/class/net/lo/address': '00:00:00:00:00:00\n',
      '/sys/class/net/br-0/bridge/stp_state': '0\n',
    },
    sections: {
      'ip-addr': `1: lo: <LOOPBACK,UP> mtu 65536
    inet 127.0.0.1/8 scope host lo
    inet6 ::1/128 scope host
2: eth0@if3: <BROADCAST> mtu 1400
    inet 10.1.2.3/20 brd 10.1.15.255 scope global eth0
    inet 10.1.2.4/20 scope global secondary eth0:1
    inet6 fe80::1/64 scope link
`,
      'route-4': '8.8.8.8 via 10.1.0.1 dev eth0 src 10.1.2.3 uid 0 \n    cache\n',
      'route-6': 'RTNETLINK answers: Network is unreachable\n',
      'local-routes': 'local 10.1.2.3 dev eth0\nbroadcast 10.1.15.255 dev eth0\nlocal ::1 dev lo\n',
    },
  });

  test('the default route and what is known of its address', () => {
    expect(found['default_ipv4']).toEqual(
      dict({
        interface: 'eth0',
        address: '10.1.2.3',
        gateway: '10.1.0.1',
        macaddress: '02:00:00:00:00:01',
        mtu: 1400,
        type: 'ether',
        broadcast: '10.1.15.255',
        netmask: '255.255.240.0',
        network: '10.1.0.0',
        prefix: '20',
        alias: 'eth0',
      }),
    );
    expect(found['default_ipv6']).toEqual(new Map());
  });

  test('lists', () => {
    expect(found['all_ipv4_addresses']).toEqual(['10.1.2.3', '10.1.2.4']);
    expect(found['all_ipv6_addresses']).toEqual(['fe80::1']);
    expect(found['interfaces']).toEqual(['br-0', 'eth0', 'lo', 'eth0_1']);
    expect(found['locally_reachable_ips']).toEqual(dict({ ipv4: ['10.1.2.3'], ipv6: ['::1'] }));
  });

  test('an interface: secondary addresses, promiscuous mode, a name that can stand in a template', () => {
    const eth0 = found['eth0'] as Map<string, unknown>;
    expect(eth0.get('promisc')).toBe(true);
    expect(eth0.get('ipv4_secondaries')).toHaveLength(1);
    expect(found['br_0']).toEqual(dict({ device: 'br-0', type: 'bridge', interfaces: [], stp: false }));
    expect(found['lo']).not.toHaveProperty('macaddress');
  });
});

describe('hardware', () => {
  const found = facts('hardware', {
    sections: {
      mounts: '/|4096|1000|400|4096|500|100\n',
      'disk-links': '/dev/disk/by-uuid:\nlrwxrwxrwx 1 root root 10 Jan 1 00:00 abcd-12 -> ../../vda1\n',
    },
    paths: ['/sys/block/vda'],
    files: {
      '/proc/meminfo':
        'MemTotal: 2097152 kB\nMemFree: 1048576 kB\nBuffers: 1024 kB\nCached: 2048 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\nSwapCached: 0 kB\n',
      '/proc/cpuinfo':
        'processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon\nphysical id\t: 0\nsiblings\t: 4\ncore id\t: 0\ncpu cores\t: 2\nflags\t\t: fpu vme\n',
      '/proc/self/status': 'Name:\thead\nCpus_allowed_list:\t0-2,5\n',
      '/proc/uptime': '1234.56 1.0\n',
      '/proc/mounts': '/dev/vda1 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n/dev/vda1 /a\\040b ext4 rw 0 0\n',
      '/proc/self/mountinfo': '1 0 8:1 / / rw - ext4 /dev/vda1 rw\n2 1 8:1 /x /a\\040b rw - ext4 /dev/vda1 rw\n',
      '/sys/block/vda/size': '2097152\n',
      '/sys/block/vda/queue/scheduler': 'none [mq-deadline]\n',
      '/sys/block/vda/vda1/start': '2048\n',
      '/sys/block/vda/vda1/size': '2048\n',
    },
  });

  test('processors and memory', () => {
    expect(found).toMatchObject({
      processor: ['0', 'GenuineIntel', 'Xeon'],
      processor_count: 1,
      processor_cores: 2,
      processor_threads_per_core: 2,
      processor_vcpus: 4,
      processor_nproc: 4,
      memtotal_mb: 2048,
      memfree_mb: 1024,
      uptime_seconds: 1234,
      product_name: 'NA',
      lvm: 'N/A',
    });
  });

  test('mounts: devices only, sizes, bind mounts, names with blanks', () => {
    const mounts = found['mounts'] as Map<string, unknown>[];
    expect(mounts.map((one) => [one.get('mount'), one.get('options'), one.get('uuid')])).toEqual([
      ['/', 'rw,relatime', 'abcd-12'],
      ['/a b', 'rw,bind', 'abcd-12'],
    ]);
    expect(mounts[0]!.get('size_available')).toBe(4096 * 400);
    expect(mounts[0]!.get('inode_used')).toBe(400);
  });

  test('disks with their partitions', () => {
    const disk = (found['devices'] as Map<string, Map<string, unknown>>).get('vda')!;
    expect(disk.get('size')).toBe('1.00 GB');
    expect(disk.get('scheduler_mode')).toBe('mq-deadline');
    expect([...(disk.get('partitions') as Map<string, unknown>).keys()]).toEqual(['vda1']);
  });
});

describe('virtualization', () => {
  const cases: readonly (readonly [string, Output, string, string])[] = [
    ['a container of systemd', { files: { '/run/systemd/container': 'systemd-nspawn\n' } }, 'systemd-nspawn', 'guest'],
    ['docker', { paths: ['/.dockerenv'] }, 'docker', 'guest'],
    ['KVM by its maker', { files: { '/sys/devices/virtual/dmi/id/sys_vendor': 'QEMU\n' } }, 'kvm', 'guest'],
    ['VMware', { files: { '/sys/devices/virtual/dmi/id/product_name': 'VMware7,1\n' } }, 'VMware', 'guest'],
    ['a host of KVM', { files: { '/proc/modules': 'kvm 1 0 - Live 0x0\n' } }, 'kvm', 'host'],
    ['bare metal', {}, 'NA', 'NA'],
  ];
  test.each(cases)('%s', (_name, output, type, role) => {
    expect(facts('virtual', output)).toMatchObject({ virtualization_type: type, virtualization_role: role });
  });
});

describe('managers', () => {
  test.each([
    [['/usr/bin/apt-get', '/usr/bin/zypper'], 'ID=debian\nNAME="Debian GNU/Linux"\n', 'apt'],
    [['/sbin/apk'], 'ID=alpine\nNAME="Alpine Linux"\n', 'apk'],
    [[], 'ID=foo\nNAME=Foo\n', 'unknown'],
  ])('packages: %j', (paths, release, name) => {
    expect(facts('pkg_mgr', { paths, files: { '/etc/os-release': release } })).toMatchObject({ pkg_mgr: name });
  });

  test.each([
    ['systemd\n', [], 'systemd'],
    ['init\n', ['/etc/init.d'], 'sysvinit'],
    ['bash\n', ['/sbin/openrc'], 'openrc'],
    ['runit-init\n', [], 'runit'],
  ])('services: first process %j', (comm, paths, name) => {
    expect(facts('service_mgr', { paths, files: { '/proc/1/comm': comm } })).toMatchObject({ service_mgr: name });
  });
});

describe('local facts', () => {
  test('JSON, INI, a failing program, and what is neither', () => {
    const found = facts('local', {
      sections: {
        'local /etc/ansible/facts.d/a.fact': '{"b": [1, "x"]}',
        'local /etc/ansible/facts.d/i.fact': '[General]\nName=%(dir)s/x\ndir: /y\n',
        'local /etc/ansible/facts.d/p.fact': '',
        'status 3 /etc/ansible/facts.d/p.fact': 'no luck',
        'local /etc/ansible/facts.d/q.fact': 'just words',
      },
    });
    expect(found['local']).toEqual(
      dict({
        a: dict({ b: [1, 'x'] }),
        i: dict({ General: dict({ name: '/y/x', dir: '/y' }) }),
        p: 'Failure executing fact script (/etc/ansible/facts.d/p.fact), rc: 3, err: no luck',
        q: 'error loading facts as JSON or ini - please check content: /etc/ansible/facts.d/q.fact',
      }),
    );
  });
});

describe('time', () => {
  test('the name of summer time is that of the half year in which clocks are ahead', () => {
    const now = '2026|11|Saturday|6|46|21|03|04|05|1795226645|123456789|CET|+0100\n+0100|CET\n+0200|CEST\n';
    const time = facts('date_time', { sections: { date: now } })['date_time'] as Map<string, unknown>;
    expect(time.get('tz_dst')).toBe('CEST');
    expect(time.get('iso8601_micro')).toBe('2026-11-21T02:04:05.123456Z');
    expect(time.get('iso8601_basic')).toBe('20261121T030405123456');
  });
});

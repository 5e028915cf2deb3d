import { describe, expect, test } from '@jest/globals';
import { readFacts } from '../../../../src/engine/modules/setup/setup.ts';
import { gatheringOutput } from './output.ts';

const debian = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
`;

const cases: readonly (readonly [name: string, files: Record<string, string>, facts: Record<string, unknown>])[] = [
  [
    'Debian, with the minor version of debian_version',
    { '/etc/os-release': debian, '/etc/debian_version': '12.15\n' },
    {
      distribution: 'Debian',
      distribution_version: '12.15',
      distribution_major_version: '12',
      distribution_minor_version: '15',
      distribution_release: 'bookworm',
      distribution_file_path: '/etc/os-release',
      distribution_file_variety: 'Debian',
      distribution_file_parsed: true,
      os_family: 'Debian',
    },
  ],
  [
    'Ubuntu',
    {
      '/etc/os-release':
        'PRETTY_NAME="Ubuntu 22.04.4 LTS"\nNAME="Ubuntu"\nVERSION_ID="22.04"\nVERSION_CODENAME=jammy\nID=ubuntu\nID_LIKE=debian\n',
      '/etc/debian_version': 'bookworm/sid\n',
    },
    {
      distribution: 'Ubuntu',
      distribution_version: '22.04',
      distribution_major_version: '22',
      distribution_release: 'jammy',
      os_family: 'Debian',
    },
  ],
  [
    'Rocky',
    {
      '/etc/os-release': 'NAME="Rocky Linux"\nVERSION="9.3 (Blue Onyx)"\nID="rocky"\nVERSION_ID="9.3"\n',
      '/etc/redhat-release': 'Rocky Linux release 9.3 (Blue Onyx)\n',
    },
    { distribution: 'Rocky', distribution_version: '9.3', distribution_release: 'Blue Onyx', os_family: 'RedHat' },
  ],
  [
    'AlmaLinux',
    {
      '/etc/os-release': 'NAME="AlmaLinux"\nVERSION="8.9 (Midnight Oncilla)"\nID="almalinux"\nVERSION_ID="8.9"\n',
      '/etc/redhat-release': 'AlmaLinux release 8.9 (Midnight Oncilla)\n',
    },
    { distribution: 'AlmaLinux', distribution_major_version: '8', os_family: 'RedHat' },
  ],
  [
    'CentOS 7, with the minor version of its own file',
    {
      '/etc/os-release': 'NAME="CentOS Linux"\nVERSION="7 (Core)"\nID="centos"\nVERSION_ID="7"\n',
      '/etc/centos-release': 'CentOS Linux release 7.9.2009 (Core)\n',
      '/etc/redhat-release': 'CentOS Linux release 7.9.2009 (Core)\n',
    },
    { distribution: 'CentOS', distribution_version: '7.9', distribution_release: 'Core', os_family: 'RedHat' },
  ],
  [
    'CentOS Stream',
    {
      '/etc/os-release': 'NAME="CentOS Stream"\nVERSION="9"\nID="centos"\nVERSION_ID="9"\n',
      '/etc/centos-release': 'CentOS Stream release 9\n',
    },
    { distribution: 'CentOS', distribution_version: '9', distribution_release: 'Stream', os_family: 'RedHat' },
  ],
  [
    'Red Hat',
    {
      '/etc/os-release': 'NAME="Red Hat Enterprise Linux"\nVERSION="9.2 (Plow)"\nID="rhel"\nVERSION_ID="9.2"\n',
      '/etc/redhat-release': 'Red Hat Enterprise Linux release 9.2 (Plow)\n',
    },
    { distribution: 'RedHat', distribution_version: '9.2', distribution_release: 'Plow', os_family: 'RedHat' },
  ],
  [
    'Fedora',
    {
      '/etc/os-release': 'NAME="Fedora Linux"\nVERSION="40 (Forty)"\nID=fedora\nVERSION_ID=40\nVERSION_CODENAME=""\n',
      '/etc/redhat-release': 'Fedora release 40 (Forty)\n',
    },
    { distribution: 'Fedora', distribution_version: '40', distribution_release: '', os_family: 'RedHat' },
  ],
  [
    'Alpine',
    {
      '/etc/os-release': 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.19.1\n',
      '/etc/alpine-release': '3.19.1\n',
    },
    { distribution: 'Alpine', distribution_version: '3.19.1', distribution_release: 'NA', os_family: 'Alpine' },
  ],
  [
    'Arch, by an empty file',
    { '/etc/os-release': 'NAME="Arch Linux"\nID=arch\n', '/etc/arch-release': '' },
    { distribution: 'Archlinux', distribution_version: 'NA', os_family: 'Archlinux' },
  ],
  [
    'openSUSE Leap',
    {
      '/etc/os-release':
        'NAME="openSUSE Leap"\nVERSION="15.5"\nID="opensuse-leap"\nID_LIKE="suse opensuse"\nVERSION_ID="15.5"\n',
    },
    { distribution: 'openSUSE Leap', distribution_version: '15.5', distribution_release: '5', os_family: 'Suse' },
  ],
  [
    'Amazon',
    {
      '/etc/os-release': 'NAME="Amazon Linux"\nVERSION="2023"\nID="amzn"\nVERSION_ID="2023"\nPLATFORM_ID="x"\n',
      '/etc/system-release': 'Amazon Linux release 2023.4 (Amazon Linux)\n',
    },
    { distribution: 'Amazon', distribution_version: '2023', distribution_minor_version: 'NA', os_family: 'RedHat' },
  ],
  [
    'one that nobody knows',
    { '/etc/os-release': 'NAME="Foo OS"\nID=foo\nVERSION_ID=1.2\n' },
    { distribution: 'Foo OS', distribution_version: '1.2', distribution_major_version: '1', os_family: 'Foo OS' },
  ],
];

describe('distribution', () => {
  test.each(cases)('%s', (_name, files, facts) => {
    const found = readFacts(gatheringOutput({ files }), ['!all', '!min', 'distribution']);
    expect(found).toMatchObject(facts);
  });
});

import { defineModule } from '../define.ts';
import { readText } from '../text-file.ts';
import { parseMountinfo } from './mountinfo.ts';
import { type MountState, planMount, reportMount } from './plan.ts';

export const mount = defineModule({
  name: 'mount',
  collection: 'ansible.posix',
  summary: 'Mount file systems and keep them in fstab',
  args: {
    path: { type: 'path', required: true, aliases: ['name'], doc: 'Where it is mounted; `none` for swap.' },
    state: {
      type: 'str',
      required: true,
      choices: ['absent', 'absent_from_fstab', 'mounted', 'present', 'unmounted', 'remounted', 'ephemeral'],
      doc: '`mounted` and `present` keep it in fstab, `ephemeral` mounts without.',
    },
    src: { type: 'path', doc: 'Device, folder or server.' },
    fstype: { type: 'str', doc: 'Type of the file system.' },
    opts: { type: 'str', doc: 'Options.' },
    dump: { type: 'str', default: '0', doc: 'Fifth field of fstab.' },
    passno: { type: 'str', default: '0', doc: 'Sixth field of fstab.' },
    fstab: { type: 'str', doc: 'The file, if not /etc/fstab.' },
    boot: { type: 'bool', default: true, doc: 'Mount it at boot; false adds `noauto`.' },
    backup: { type: 'bool', default: false, doc: 'Keep a copy of fstab as it was.' },
  },
  rules: {
    requiredIf: [
      ['state', 'mounted', ['src', 'fstype']],
      ['state', 'present', ['src', 'fstype']],
      ['state', 'ephemeral', ['src', 'fstype']],
    ],
  },
  async inspect(host, { path, fstab }): Promise<MountState> {
    const [file, mountinfo, point] = await Promise.all([
      readText(host, fstab ?? '/etc/fstab'),
      readText(host, '/proc/self/mountinfo'),
      host.stat(path, { follow: true }),
    ]);
    return { fstab: file, mounted: parseMountinfo(mountinfo.text).get(path), point };
  },
  plan: planMount,
  report: reportMount,
  examples: `- mount:
    path: /mnt/data
    src: tmpfs
    fstype: tmpfs
    opts: size=16m
    state: mounted`,
});

import { defineModule } from './define.ts';

export const synchronize = defineModule({
  name: 'synchronize',
  collection: 'ansible.posix',
  summary: 'Refused: rsync would need a connection of its own',
  openArgs: true,
  args: {
    src: { type: 'path', doc: 'What is copied.' },
    dest: { type: 'path', doc: 'Where to.' },
  },
  plan() {
    const failed =
      'synchronize is not supported: rsync would connect to the host past the checks of this run; ' +
      'use copy for folders, or unarchive for many files';
    return { changes: [], failed };
  },
  examples: '- synchronize: {src: site/, dest: /srv/site}',
});

import Sequencer from '@jest/test-sequencer';

/** Folders with tests that take minutes, the longest first. */
const LONG = ['test/roles/', 'test/playbooks/', 'test/stand-ins/', 'test/journal/', 'test/plan/'];

/** Begins them first, so that none is left running alone at the end: Jest goes by the size of files, which says little of them. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ path }) {
  const found = LONG.findIndex((folder) => path.includes(`/${folder}`));
  return found < 0 ? LONG.length : found;
}

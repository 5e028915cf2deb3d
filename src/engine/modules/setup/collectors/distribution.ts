import type { Collector } from '../collector.ts';
import { familyOf } from '../distributions/families.ts';
import { distributionFiles, readDistribution } from '../distributions/files.ts';
import { guessDistribution } from '../distributions/guess.ts';

/** Which distribution runs, from os-release and the files that distributions have of their own. */
export const distribution: Collector = {
  name: 'distribution',
  factIds: ['distribution_version', 'distribution_release', 'distribution_major_version', 'os_family'],
  files: [...new Set([...distributionFiles, '/etc/debian_version', '/usr/lib/os-release'])],
  script: 'section baseproduct; [ ! -L /etc/products.d/baseproduct ] || readlink -f /etc/products.d/baseproduct',
  parse(host) {
    const facts = readDistribution(host, guessDistribution(host));
    return { ...facts, os_family: familyOf(String(facts['distribution'])) };
  },
};

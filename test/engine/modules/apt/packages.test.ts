import { describe, expect, test } from '@jest/globals';
import { decideInstall, decideRemove } from '../../../../src/engine/modules/apt/decide.ts';
import type { AptState } from '../../../../src/engine/modules/apt/inspect.ts';
import { changesIn, tellsOfChange } from '../../../../src/engine/modules/apt/output.ts';
import { parseSpec } from '../../../../src/engine/modules/apt/spec.ts';
import {
  type PackageState,
  parseInstalled,
  parsePolicy,
  parseProviders,
} from '../../../../src/engine/modules/apt/state.ts';
import { compareVersions } from '../../../../src/engine/modules/apt/version.ts';

describe('versions, as dpkg compares them', () => {
  test.each([
    ['1.0', '1.0', 0],
    ['1.0~rc1', '1.0', -1],
    ['1.0~rc1', '1.0~rc2', -1],
    ['1.9', '1.10', -1],
    ['1:0.1', '2.0', 1],
    ['1.0-1', '1.0-1+b1', -1],
    ['1.0-1', '1.0', 1],
    ['1.0a', '1.0', 1],
    ['1.0.a', '1.0+', 1],
    ['2.1.0-1', '2.1.0-1', 0],
  ])('%s and %s', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
    expect(Math.sign(compareVersions(b, a))).toBe(0 - sign);
  });
});

describe('what the host says', () => {
  test('dpkg: installed, removed with files left, unknown, other architectures', () => {
    const text =
      'tree|amd64|ii |2.1.0-1\ncron|amd64|rc |3.0\nmail-transport-agent||un |\nlibc6|i386|ii |2.35\nlibc6|amd64|ii |2.36\n';
    const found = parseInstalled(text);
    expect(found.get('tree')).toEqual({ version: '2.1.0-1', leftovers: false });
    expect(found.get('cron')).toEqual({ leftovers: true });
    expect(found.has('mail-transport-agent')).toBe(false);
    expect(found.get('libc6:i386')?.version).toBe('2.35');
  });

  test('apt-cache policy', () => {
    const text = `tree:
  Installed: 2.1.0-1
  Candidate: 2.1.1-1
  Version table:
     2.1.1-1 500
        500 http://deb.debian.org/debian sid/main amd64 Packages
 *** 2.1.0-1 -1
        100 /var/lib/dpkg/status
gone:
  Installed: (none)
  Candidate: (none)
  Version table:
`;
    expect(parsePolicy(text)).toEqual(
      new Map([
        ['tree', { candidate: '2.1.1-1', versions: ['2.1.1-1', '2.1.0-1'] }],
        ['gone', { versions: [] }],
      ]),
    );
  });

  test('apt-cache showpkg', () => {
    const text =
      'Package: mta\nVersions: \n\nReverse Depends: \n  cron,mta\nDependencies: \nProvides: \nReverse Provides: \nexim4 4.96 (= )\nexim4 4.95 (= )\npostfix 3.7 (= )\n';
    expect(parseProviders(text).get('mta')).toEqual(['exim4', 'postfix']);
  });
});

function stateOf(entries: readonly string[], packages: Record<string, Partial<PackageState>>): AptState {
  const full = (one: Partial<PackageState>): PackageState => ({ leftovers: false, automatic: false, ...one });
  return {
    specs: entries.map(parseSpec),
    packages: new Map(Object.entries(packages).map(([name, one]) => [name, full(one)])),
    unmatched: [],
    cacheTime: 0,
    now: 0,
  };
}

const wish = { latest: false, onlyUpgrade: false, buildDep: false, afterUpdate: false };
const available = { known: true, candidate: '2.0', versions: ['2.0', '1.5', '1.4'], providers: [] };
const unknown = { known: false, versions: [], providers: [] };

describe('what has to be installed', () => {
  const cases: readonly (readonly [string, string[], Record<string, Partial<PackageState>>, object, object])[] = [
    ['there already', ['a'], { a: { installed: '1.0' } }, {}, { packages: [] }],
    ['missing', ['a'], { a: { available } }, {}, { packages: ['a=2.0'] }],
    ['an older one will do', ['a'], { a: { installed: '1.0', available } }, {}, { packages: [] }],
    ['latest', ['a'], { a: { installed: '1.0', available } }, { latest: true }, { packages: ['a=2.0'] }],
    ['latest already', ['a'], { a: { installed: '2.0', available } }, { latest: true }, { packages: [] }],
    ['a version', ['a=1.5'], { a: { installed: '1.0', available } }, {}, { packages: ['a=1.5'] }],
    ['a version by pattern', ['a=1.*'], { a: { available } }, {}, { packages: ['a=1.5'] }],
    ['a version that is there', ['a=1.*'], { a: { installed: '1.0', available } }, {}, { packages: [] }],
    ['new enough', ['a>=1.0'], { a: { installed: '1.0', available } }, {}, { packages: [] }],
    ['too old', ['a>=1.6'], { a: { installed: '1.0', available } }, {}, { packages: ['a=2.0'] }],
    ['only upgrades', ['a'], { a: { available } }, { onlyUpgrade: true, latest: true }, { packages: [] }],
    ['after an update', ['a=1.*'], { a: { available: unknown } }, { afterUpdate: true }, { packages: ['a=1.*'] }],
    ['unknown', ['a'], { a: { available: unknown } }, {}, { failed: "No package matching 'a' is available" }],
    ['no such version', ['a=9'], { a: { available } }, {}, { failed: 'no available installation candidate for a=9' }],
    ['virtual', ['a'], { a: { available: { ...unknown, providers: ['b'] } } }, {}, { packages: ['a'] }],
    ['marked automatic', ['a'], { a: { installed: '1', automatic: true } }, {}, { packages: [], markManual: ['a'] }],
  ];
  test.each(cases)('%s', (_name, entries, packages, more, decision) => {
    expect(decideInstall(stateOf(entries, packages), { ...wish, ...more })).toMatchObject(decision);
  });
});

describe('what has to go', () => {
  test.each([
    [['a'], { a: { installed: '1.0' } }, false, ['a']],
    [['a'], { a: {} }, false, []],
    [['a'], { a: { leftovers: true } }, false, []],
    [['a'], { a: { leftovers: true } }, true, ['a']],
    [['a=2*'], { a: { installed: '1.0' } }, false, []],
  ])('%j %j purge %s', (entries, packages, purge, names) => {
    expect(decideRemove(stateOf(entries, packages), purge)).toMatchObject({ packages: names });
  });
});

describe("apt-get's output", () => {
  const nothing =
    'Reading package lists...\nBuilding dependency tree...\nReading state information...\n0 upgraded, 0 newly installed, 0 to remove and 3 not upgraded.\n';
  const removal = nothing
    .replace('0 to remove', '1 to remove')
    .replace('information...\n', 'information...\nThe following packages will be REMOVED:\n  tree\n');
  test('tells whether anything is done', () => {
    expect(tellsOfChange(nothing)).toBe(false);
    expect(tellsOfChange(removal)).toBe(true);
    expect(tellsOfChange('1 upgraded, 0 newly installed, 1 downgraded, 0 to remove and 0 not upgraded.')).toBe(true);
  });

  test('the part that is shown as a diff', () => {
    expect(changesIn(`${removal}After this operation, 1 kB\n`)).toBe(
      'The following packages will be REMOVED:\n  tree\n0 upgraded, 0 newly installed, 1 to remove and 3 not upgraded.',
    );
  });
});

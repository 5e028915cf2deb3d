import { describe, expect, test } from '@jest/globals';
import { pamLimits } from '../../../src/engine/modules/pam-limits.ts';
import { planOf, written } from './support.ts';

const path = '/etc/security/limits.conf';
const args = { domain: 'joe', limit_type: 'soft', limit_item: 'nofile', value: '1024' };

describe('pam_limits', () => {
  test.each([
    [{}, '# none\n', '# none\njoe\tsoft\tnofile\t1024\n'],
    [{}, 'joe soft nofile 1024\n', undefined],
    [{}, 'joe soft nofile 512 # why\n', 'joe\tsoft\tnofile\t1024\t# why\n'],
    [{ comment: 'new' }, 'joe soft nofile 512 # why\n', 'joe\tsoft\tnofile\t1024\t#new\n'],
    [{}, 'joe hard nofile 512\n', 'joe hard nofile 512\njoe\tsoft\tnofile\t1024\n'],
    [{ use_max: true }, 'joe soft nofile 2048\n', undefined],
    [{ use_max: true }, 'joe soft nofile unlimited\n', undefined],
    [{ use_min: true }, 'joe soft nofile unlimited\n', 'joe\tsoft\tnofile\t1024\n'],
    [{ use_min: true }, 'joe soft nofile 512\n', undefined],
  ])('%j on %j', async (more, before, after) => {
    const { plan } = await planOf(pamLimits, { ...args, ...more }, { files: { [path]: before } });
    expect(written(plan, path)).toBe(after);
  });
  test.each([
    [{ value: 'many' }, 'got many'],
    [{ use_max: true, use_min: true }, 'Cannot use use_min and use_max'],
  ])('refuses %j', async (more, message) => {
    expect((await planOf(pamLimits, { ...args, ...more })).plan.failed).toContain(message);
  });
});

import { describe, expect, test } from '@jest/globals';
import { editIni, type IniWish } from '../../../src/engine/modules/editing/ini.ts';
import { iniFile } from '../../../src/engine/modules/ini-file.ts';
import { planOf, written } from './support.ts';

const plain: IniWish = {
  section: 's',
  option: 'o',
  values: ['1'],
  present: true,
  exclusive: true,
  noExtraSpaces: false,
  allowNoValue: false,
  modifyInactive: true,
  ignoreSpaces: false,
};

describe('editing INI text', () => {
  const cases: readonly (readonly [string, Partial<IniWish>, string, string])[] = [
    ['[s]\no = 1\n', {}, '[s]\no = 1\n', 'OK'],
    ['[s]\no=0\n', {}, '[s]\no = 1\n', 'option changed'],
    ['[s]\no=0\n', { noExtraSpaces: true }, '[s]\no=1\n', 'option changed'],
    ['[s]\no=1\n', { ignoreSpaces: true }, '[s]\no=1\n', 'OK'],
    ['[s]\n#o = 0\n', {}, '[s]\no = 1\n', 'option changed'],
    ['[s]\n#o = 0\n', { modifyInactive: false }, '[s]\no = 1\n#o = 0\n', 'option added'],
    ['[s]\na = 1\n\n# note\n[t]\n', {}, '[s]\na = 1\no = 1\n\n# note\n[t]\n', 'option added'],
    ['[t]\n', {}, '[t]\n[s]\no = 1\n', 'section and option added'],
    ['[t]\n', { option: null, values: [], allowNoValue: true }, '[t]\n[s]\n', 'only section added'],
    ['[s]\no = 1\no = 2\n', {}, '[s]\no = 1\n', 'option changed'],
    ['[s]\no = 1\n', { values: ['1', '2'], exclusive: false }, '[s]\no = 1\no = 2\n', 'option added'],
    ['[s]\n', { values: [], allowNoValue: true }, '[s]\no\n', 'option added'],
    ['[s]\no\n', { values: [], allowNoValue: true }, '[s]\no\n', 'OK'],
    ['a = 1\n[s]\n', { section: null }, 'a = 1\no = 1\n[s]\n', 'option added'],
    ['[s]\no = 1\np = 2\n', { present: false }, '[s]\np = 2\n', 'option changed'],
    ['[s]\no = 1\no = 2\n', { present: false, exclusive: false }, '[s]\no = 2\n', 'option changed'],
    ['[t]\n[s]\no = 1\n[u]\n', { present: false, option: null }, '[t]\n[u]\n', 'section removed'],
    ['[t]\n', { present: false }, '[t]\n', 'OK'],
  ];
  test.each(cases)('%j with %j', (text, wish, after, msg) => {
    const edited = editIni(text.split(/(?<=\n)/), { ...plain, ...wish });
    expect([edited.lines.join(''), edited.msg]).toEqual([after, msg]);
  });
});

describe('ini_file', () => {
  const args = { path: '/etc/a.ini', section: 's', option: 'o', value: '1' };

  test('writes once', async () => {
    const { plan } = await planOf(iniFile, args, { files: { '/etc/a.ini': '[s]' } });
    const text = written(plan, '/etc/a.ini')!;
    expect(text).toBe('[s]\no = 1\n');
    expect((await planOf(iniFile, args, { files: { '/etc/a.ini': text } })).changes).toEqual([]);
  });
  test.each([
    [{ create: false }, 'Destination /etc/b.ini does not exist!'],
    [{ value: null }, "Parameter 'value(s)' must be defined if state=present and allow_no_value=False."],
  ])('refuses %j', async (more, message) => {
    const { plan } = await planOf(iniFile, { ...args, path: '/etc/b.ini', ...more });
    expect(plan.failed).toBe(message);
  });
});

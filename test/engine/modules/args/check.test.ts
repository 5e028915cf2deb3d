import { expect, test } from '@jest/globals';
import { Deferred, type Raw, type Value } from '../../../../src/engine/model/value.ts';
import { checkLiteralArgs } from '../../../../src/engine/modules/args/check.ts';
import type { Arguments } from '../../../../src/engine/modules/args/coerce.ts';

class Later extends Deferred {
  readonly text = '{{ x }}';
  readonly position = undefined;
  evaluate(): Value {
    return null;
  }
}

const of: Arguments = {
  name: 'copy',
  args: {
    dest: { type: 'path', required: true, aliases: ['path'], doc: 'Where.' },
    force: { type: 'bool', default: true, doc: '' },
    state: { type: 'str', choices: ['yes', 'auto'], doc: '' },
    port: { type: 'int', doc: '' },
    src: { type: 'str', doc: '' },
    content: { type: 'str', doc: '' },
    users: { type: 'list', elements: 'dict', doc: '', options: { name: { type: 'str', required: true, doc: '' } } },
  },
  rules: { mutuallyExclusive: [['src', 'content']] },
};

const cases: [Record<string, Raw>, [string, string | undefined][]][] = [
  [{ dest: '/x', force: 'no', port: '80', state: true }, []],
  [{ path: '/x', port: new Later() }, []],
  [{ dest: new Later(), force: new Later() }, []],
  [{}, [['copy needs the argument "dest"', 'Where.']]],
  [{ dest: '/x', forse: true }, [['copy has no argument "forse"', 'did you mean "force"?']]],
  [{ dest: '/x', port: 'http' }, [['copy: "port" must be a whole number', undefined]]],
  [{ dest: '/x', force: 'maybe' }, [['copy: "force" must be true or false', undefined]]],
  [{ dest: '/x', state: 'never' }, [['copy: "state" must be one of yes, auto', undefined]]],
  [{ dest: '/x', src: 'a', content: 'b' }, [['copy: parameters are mutually exclusive: src|content', undefined]]],
];

test.each(cases)('%p', async (given, expected) => {
  const problems = await checkLiteralArgs(of, new Map(Object.entries(given)));
  expect(problems.map(({ message, hint }) => [message, hint])).toEqual(expected);
});

test('a problem stands at its argument', async () => {
  const place = { file: 'site.yml', line: 3, column: 7 };
  const given = new Map<string, Raw>([
    ['dest', '/x'],
    ['port', 'http'],
  ]);
  const [problem] = await checkLiteralArgs(of, given, new Map([['port', place]]));
  expect(problem?.position).toEqual(place);
});

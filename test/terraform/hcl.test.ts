import { describe, expect, test } from '@jest/globals';
import { readHcl } from './hcl.ts';
import { referencesIn, replaceReferences } from './project.ts';

describe('readHcl', () => {
  test('reads blocks with labels, attributes and blocks in them', () => {
    const { blocks } = readHcl('# first\nresource "a" "b" {\n  count = 3 # three\n\n  inner {\n    x = "y"\n  }\n}\n');
    expect(blocks).toMatchObject([
      { type: 'resource', labels: ['a', 'b'], blocks: [{ type: 'inner', attributes: new Map([['x', '"y"']]) }] },
    ]);
    expect(blocks[0]?.attributes.get('count')).toMatch(/^3/);
  });

  test.each([['{\n  a = 1\n}'], ['[for x in y : "${x.z["{"]}/32"]'], ['"a \\" } b"'], ['var.x ? {} : { a = 1 }']])(
    'keeps %s as it is',
    (expression) => {
      expect(readHcl(`locals {\n  v = ${expression}\n  w = 1\n}`).blocks[0]?.attributes).toEqual(
        new Map([
          ['v', expression],
          ['w', '1'],
        ]),
      );
    },
  );

  test.each([
    ['a "b" {\n  c = 1\n', '"}" is missing'],
    ['a "b"\n', '"{" is missing'],
    ['a = "b\n', 'not closed'],
    ['a {\n}\n}', 'unexpected "}"'],
  ])('refuses %j', (text, message) => {
    expect(() => readHcl(text)).toThrow(message);
  });
});

test('references are told from attributes of others and from texts', () => {
  const expression = '"${aws_lb.api.dns_name}" + x.var.y + local.a + data.aws_ami.debian.id + "tag-aws_lb.z"';
  expect(referencesIn(expression)).toEqual(['aws_lb.api', 'local.a', 'data.aws_ami.debian']);
  expect(replaceReferences('aws_lb.api.id', (name) => `<${name}>`)).toBe('<aws_lb.api>.id');
});

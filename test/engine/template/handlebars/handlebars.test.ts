import { describe, expect, test } from '@jest/globals';
import { TsplayError } from '../../../../src/engine/model/errors.ts';
import { Float, type Value } from '../../../../src/engine/model/value.ts';
import { renderHandlebars } from '../../../../src/engine/template/handlebars.ts';
import { python, scopeOf, withFiles } from '../support.ts';

const VARS = new Map<string, Value>([
  ['big', 12345678901234567890n],
  [
    'd',
    new Map<Value, Value>([
      ['z', 1],
      [80, 'http'],
    ]),
  ],
  ['empty', []],
  ['float', new Float(2)],
  ['hash', 'a variable'],
  ['list', ['a', 'b']],
  ['name', 'bob <b>'],
  ['none', null],
  ['t', true],
  ['users', python([{ n: 'x' }, { n: 'y' }])],
]);

function render(text: string): string {
  return withFiles({ 'templates/part.hbs': '[{{name}}]' }, (folder) =>
    renderHandlebars(text, scopeOf(VARS, { playbookDir: folder }), { file: 'x.hbs' }),
  );
}

describe('Handlebars', () => {
  test.each([
    ['{{name}} {{{name}}}', 'bob <b> bob <b>'],
    ['{{upper name}} {{join list ","}}', 'BOB <B> a,b'],
    ['{{default nope "y"}}', 'y'],
    ['{{#each list}}{{@index}}={{this}} {{/each}}', '0=a 1=b '],
    ['{{#each d}}{{@key}}={{this}}{{#unless @last}},{{/unless}}{{/each}}', 'z=1,80=http'],
    ['{{#each users as |user i|}}{{i}}{{user.n}}{{/each}}', '0x1y'],
    ['{{#each empty}}x{{else}}none{{/each}}', 'none'],
    ['{{#each users}}{{n}}{{../name}}{{/each}}', 'xbob <b>ybob <b>'],
    ['{{#users}}{{n}}{{/users}}{{#list}}{{.}}{{/list}}', 'xyab'],
    ['{{#if empty}}y{{else}}n{{/if}}{{#if nope}}y{{else}}n{{/if}}', 'nn'],
    ['{{#if (and t (eq name "bob <b>"))}}ok{{/if}}{{#if (or none (not t))}}no{{/if}}', 'ok'],
    ['{{#if (gt float 1)}}more{{/if}} {{lt float 1}}', 'more false'],
    ['{{float}} {{big}} {{t}} {{none}} {{d.z}} {{d.[80]}}', '2.0 12345678901234567890 true  1 http'],
    ['{{hash}} {{hash name "md5"}}', 'a variable eb434c5afbf0cc3087d75be7bb016b83'],
    ['{{to_json d}} {{to_nice_json list indent=1}}', '{"z": 1, "80": "http"} [\n "a",\n "b"\n]'],
    ['{{list}} {{list.[1]}} {{list.length}} {{lookup list 0}}', "['a', 'b'] b 2 a"],
    ['{{> part}}', '[bob <b>]'],
  ])('%s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  test.each([
    ['a\n  {{nope}}', "x.hbs:2:5: 'nope' is undefined"],
    ['{{d.nope}}', "x.hbs:1:3: 'nope' is undefined"],
    ['{{upper nope}}', "'argument 1 of upper' is undefined"],
    ['{{#if', 'the template cannot be read'],
    ['{{> missing}}', 'no template "missing.hbs" to include'],
    ['{{constructor}}', "'constructor' is undefined"],
    ['{{d.constructor}}', "'constructor' is undefined"],
    ['{{d.__proto__}}', "'__proto__' is undefined"],
    ['{{list.constructor}}', "'constructor' is undefined"],
    ['{{name.constructor}}', "'constructor' is undefined"],
    ['{{__lookupGetter__}}', "'__lookupGetter__' is undefined"],
  ])('%s fails: %s', (text, message) => {
    let said = '';
    try {
      said = `rendered: ${render(text)}`;
    } catch (error) {
      said = (error as { describe(): string }).describe();
    }
    expect(said).toContain(message);
  });

  test.each([
    '{{lookup d "constructor"}}{{lookup list "constructor"}}',
    '{{lookup this "constructor"}}{{lookup name "__proto__"}}{{lookup (lookup list 0) "constructor"}}',
    '{{#with (lookup d "constructor")}}{{this}}{{/with}}',
    '{{#each (lookup list "__proto__")}}{{@key}}{{/each}}',
    '{{#if (lookup users "__defineGetter__")}}reached{{/if}}',
    '{{#if list.filter.constructor}}reached{{/if}}',
  ])('prototypes cannot be reached: %s', (text) => {
    let said = '';
    try {
      said = render(text);
    } catch (error) {
      expect(error).toBeInstanceOf(TsplayError);
    }
    expect(said).toBe('');
  });
});

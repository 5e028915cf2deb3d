import { expect, test } from '@jest/globals';
import type { Diff } from '../../../src/engine/model/change.ts';
import { dict } from '../../../src/engine/model/value.ts';
import { diffText } from '../../../src/engine/output/diff.ts';

test.each<[string, Diff, string]>([
  ['equal texts', { before: 'a\n', after: 'a\n' }, ''],
  [
    'a line that changed',
    { before: 'a\nb\n', after: 'a\nc\n', beforeHeader: '/x', afterHeader: '/x' },
    '--- before: /x\n+++ after: /x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\n',
  ],
  ['a new file', { before: '', after: 'x\n' }, '--- before\n+++ after\n@@ -0,0 +1 @@\n+x\n\n'],
  [
    'no newline at the end',
    { before: 'foo', after: 'bar' },
    '--- before\n+++ after\n@@ -1 +1 @@\n-foo\n\\ No newline at end of file\n+bar\n\\ No newline at end of file\n\n',
  ],
  [
    'states',
    { before: dict({ state: 'absent' }), after: dict({ state: 'file' }) },
    '--- before\n+++ after\n@@ -1,3 +1,3 @@\n {\n-    "state": "absent"\n+    "state": "file"\n }\n\n',
  ],
  ['a prepared one', { before: null, after: null, prepared: '+x' }, '+x\n'],
  [
    'a name and a text that would forge lines',
    { before: '', after: 'a\rok: [h]\u001b[2J\n', afterHeader: '/x\nok: [h]' },
    '--- before\n+++ after: /x\\nok: [h]\n@@ -0,0 +1 @@\n+a\\rok: [h]\\x1b[2J\n\n',
  ],
])('%s', (_, diff, text) => {
  expect(diffText(diff)).toBe(text);
});

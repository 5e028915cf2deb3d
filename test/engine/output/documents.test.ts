import { describe, expect, test } from '@jest/globals';
import type { Event } from '../../../src/engine/model/event.ts';
import { dict, Float } from '../../../src/engine/model/value.ts';
import { JsonOutput } from '../../../src/engine/output/json.ts';
import { JunitOutput } from '../../../src/engine/output/junit.ts';
import { hostResult, memorySink, playStart, runEnd, runStart } from './support.ts';

const RUN: readonly Event[] = [
  runStart(),
  playStart(['a', 'b']),
  hostResult('a', { result: { n: new Float(2), bytes: Buffer.from('x'), nested: dict({ k: [1] }) } }),
  hostResult('b', { status: 'failed', result: { msg: 'bad <&> "\u001b', stdout: 'told' } }),
  hostResult('b', { status: 'failed', ignored: true, result: { msg: 'minor' } }),
  hostResult('a', { status: 'skipped', result: { skip_reason: 'no' } }),
  hostResult('a', { status: 'unreachable', result: { msg: 'gone' } }),
  runEnd({ a: { ok: 1 } }),
];

describe('JSON', () => {
  test('ndjson: a line an event', () => {
    const sink = memorySink();
    const output = new JsonOutput(sink, { lines: true });
    for (const event of RUN) output.handle(event);
    const read = sink.written.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(read.map(({ type }) => type)).toEqual(RUN.map(({ type }) => type));
    expect(read[2].result).toEqual({ n: 2, bytes: 'x', nested: { k: [1] } });
    expect(read.at(-1).recap.a.ok).toBe(1);
  });

  test('json: one document, at the end', () => {
    const sink = memorySink();
    const output = new JsonOutput(sink, { lines: false });
    for (const event of RUN.slice(0, -1)) output.handle(event);
    expect(sink.written.out).toBe('');
    output.handle(RUN.at(-1)!);
    expect(JSON.parse(sink.written.out).events).toHaveLength(RUN.length);
  });
});

test('JUnit', () => {
  const sink = memorySink();
  const output = new JunitOutput(sink);
  for (const event of RUN) output.handle(event);
  expect(sink.written.out).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="tsplay" tests="5" failures="1" errors="1" skipped="2" time="2.500">
  <testsuite name="Web" tests="5" failures="1" errors="1" skipped="2" time="2.500">
    <testcase name="[a] Install" classname="a" file="site.yml" line="3" time="0.500"/>
    <testcase name="[b] Install" classname="b" file="site.yml" line="3" time="0.500">
      <failure type="failed" message="bad &lt;&amp;&gt; &quot;\\x1b">site.yml:3:7&#10;bad &lt;&amp;&gt; &quot;\\x1b&#10;stdout:&#10;told</failure>
    </testcase>
    <testcase name="[b] Install" classname="b" file="site.yml" line="3" time="0.500">
      <skipped message="ignored: minor"/>
    </testcase>
    <testcase name="[a] Install" classname="a" file="site.yml" line="3" time="0.500">
      <skipped message="no"/>
    </testcase>
    <testcase name="[a] Install" classname="a" file="site.yml" line="3" time="0.500">
      <error type="unreachable" message="gone">site.yml:3:7&#10;gone</error>
    </testcase>
  </testsuite>
</testsuites>
`);
});

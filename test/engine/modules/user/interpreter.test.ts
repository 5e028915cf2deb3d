import { expect, test } from '@jest/globals';
import type { Value } from '../../../../src/engine/model/value.ts';
import { interpreterOf, programsOf } from '../../../../src/engine/modules/user/interpreter.ts';

function scope(variables: Readonly<Record<string, Value>>) {
  return {
    get: (name: string) => variables[name],
    raw: () => undefined,
    names: () => [],
    with: () => scope({}),
    world: {} as never,
  };
}

test.each<[string, Readonly<Record<string, Value>>, unknown]>([
  ['#!/bin/sh\necho', {}, ['/bin/sh']],
  ['#! /usr/bin/perl -w\r\n', {}, ['/usr/bin/perl', '-w']],
  ['#!/usr/bin/perl -w', { ansible_perl_interpreter: '/opt/perl' }, ['/opt/perl', '-w']],
  ['#!/usr/bin/python', {}, 'any-python'],
  ['#!/usr/bin/python', { ansible_python_interpreter: 'auto_silent' }, 'any-python'],
  ['#!/usr/bin/python', { ansible_python_interpreter: '/opt/py' }, ['/opt/py']],
  ['#!/usr/bin/python3', { ansible_python_interpreter: '/opt/py' }, ['/usr/bin/python3']],
  ['#!/usr/bin/env ruby', {}, ['/usr/bin/env', 'ruby']],
  ['echo', {}, undefined],
  ['#!\n', {}, undefined],
])('%j with %j', (text, variables, interpreter) => {
  expect(interpreterOf(Buffer.from(text), scope(variables))).toEqual(interpreter);
});

test.each([
  [['/bin/sh', '-e'], ['/bin/sh']],
  [
    ['/usr/bin/env', 'ruby'],
    ['/usr/bin/env', 'ruby'],
  ],
  [
    ['/usr/bin/env', '-S', 'A=1', 'ruby', '-w'],
    ['/usr/bin/env', 'ruby'],
  ],
])('%j needs %j', (interpreter, programs) => {
  expect(programsOf(interpreter)).toEqual(programs);
});

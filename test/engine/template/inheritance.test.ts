import { describe, expect, test } from '@jest/globals';
import { render, VARS } from './support.ts';

const cases: readonly { src: string; out: string }[] = [
  { src: "{% extends 'base.j2' %}{% block body %}mine {{ a }}{% endblock %}", out: '<H|mine 1>' },
  {
    src: "junk{% extends 'mid.j2' %}dropped {{ nothere }}{% block head %}C{{ super() }}{% endblock %}",
    out: 'junk<CMH|B>',
  },
  { src: "{% extends 'mid.j2' %}{% set z = 4 %}{% block body %}{{ z }}{% endblock %}", out: '<MH|4>' },
  { src: '{% block one %}1{% endblock %}{{ self.one() }}{% block two scoped %}{{ a }}{% endblock two %}', out: '111' },
  { src: '{% for i in l %}{% block it scoped %}{{ i }}{% endblock %}{% endfor %}', out: '312' },
  { src: "{% for i in l %}{% block it %}{{ i | default('-') }}{% endblock %}{% endfor %}", out: '---' },
  { src: "{% include 'inc.j2' %}|{% set a = 9 %}{% include 'inc.j2' %}", out: '[1]|[9]' },
  { src: "{% include 'inc.j2' without context %}", out: '[none]' },
  { src: "{% include 'nope.j2' ignore missing %}ok", out: 'ok' },
  { src: "{% include ['nope.j2', 'inc.j2'] %}", out: '[1]' },
  { src: "{% for item in l %}{% include 'item.j2' %}{% endfor %}", out: '(3)(1)(2)' },
  { src: "{% import 'lib.j2' as lib %}{{ lib.hi('bob') }}{{ lib.version }}{{ lib.seen() }}", out: 'hi bob!7False' },
  { src: "{% import 'lib.j2' as lib with context %}{{ lib.seen() }}", out: 'True' },
  { src: "{% from 'lib.j2' import hi, version as v %}{{ hi('x', p='?') }}{{ v }}", out: 'hi x?7' },
];

describe('blocks, includes and imports', () => {
  test.each(cases)('$src', ({ src, out }) => {
    expect(render(src, VARS)).toBe(out);
  });
});

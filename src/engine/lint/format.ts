import { formatPosition } from '../model/source.ts';
import { printable } from '../output/printable.ts';
import type { Finding, Severity } from './types.ts';

export const FORMATS = ['text', 'json', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** Colours a text; the identity where there are none. */
export type Paint = (severity: Severity, text: string) => string;

/** Findings as a person, a program or GitHub reads them; the text ends with a line break. */
export function formatFindings(findings: readonly Finding[], format: Format, paint: Paint = (_, text) => text): string {
  if (format === 'json') return `${JSON.stringify(asJson(findings), undefined, 2)}\n`;
  const lines = findings.map((finding) => (format === 'github' ? githubLine(finding) : textLine(finding, paint)));
  return [...lines, summary(findings)].map((line) => `${line}\n`).join('');
}

export function countOf(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function textLine({ position, severity, message, rule, hint }: Finding, paint: Paint): string {
  const place = printable(formatPosition(position), { multiline: false });
  const words = printable(`${message} (${rule})${hint ? `; ${hint}` : ''}`, { multiline: false });
  return `${place}: ${paint(severity, severity)}: ${words}`;
}

function summary(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'nothing found';
  return `${count(countOf(findings, 'error'), 'error')}, ${count(countOf(findings, 'warning'), 'warning')}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function asJson(findings: readonly Finding[]) {
  return {
    errors: countOf(findings, 'error'),
    warnings: countOf(findings, 'warning'),
    findings: findings.map(({ rule, severity, message, hint, position }) => ({
      rule,
      severity,
      message,
      hint,
      ...position,
    })),
  };
}

/** A workflow command, which GitHub shows at the line of a pull request. */
function githubLine({ position, severity, message, rule, hint }: Finding): string {
  const { file, line, column } = position;
  const properties = `file=${property(file)},line=${line},col=${column},title=${property(rule)}`;
  return `::${severity} ${properties}::${data(`${message}${hint ? `; ${hint}` : ''}`)}`;
}

function data(text: string): string {
  const escaped = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return printable(escaped, { multiline: false });
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

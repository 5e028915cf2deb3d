import { homedir } from 'node:os';
import { TsplayError } from '../../engine/model/errors.ts';
import type { Value } from '../../engine/model/value.ts';
import type { SettingSpec } from './spec.ts';

const TRUE = /^(?:1|true|yes|on|y|t)$/i;

export function isTrue(text: string): boolean {
  return TRUE.test(text.trim());
}

/** A setting's text as its value. Throws TsplayError for what it cannot be; `origin` says where the text stands. */
export function convertSetting(spec: SettingSpec, text: string, origin: string): Value {
  const value = readValue(spec, text);
  if (value !== undefined && isAllowed(spec, value)) return value;
  throw new TsplayError('usage', `Invalid value for setting ${spec.name} (from ${origin}): '${text}'`, {
    hint: spec.choices ? `it is one of ${spec.choices.join(', ')}` : 'it is a number',
  });
}

function readValue({ kind, fallback }: SettingSpec, text: string): Value | undefined {
  switch (kind) {
    case 'bool':
      return isTrue(text);
    case 'int':
      if (text === '') return fallback;
      return /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : undefined;
    case 'float':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'list':
    case 'sources':
      return parts(text, ',');
    case 'paths':
      return parts(text, ':').map(expandHome);
    case 'path':
      return text === '' ? fallback : expandHome(text);
    case 'str':
      return text;
  }
}

function isAllowed({ choices, fallback }: SettingSpec, value: Value): boolean {
  return choices === undefined || value === fallback || value === '' || choices.includes(String(value));
}

function parts(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);
}

/** `~` at the beginning is the user's home. */
export function expandHome(path: string): string {
  return path.replace(/^~(?=\/|$)/, homedir());
}

import { TsplayError } from '../../model/errors.ts';
import type { Dict, Value } from '../../model/value.ts';
import { dumpJson } from '../../template/filters/json/dump.ts';
import { pyStr } from '../../template/values.ts';

export type BodyFormat = 'form-urlencoded' | 'json' | 'raw' | 'form-multipart';

/** A body's text and the content type it has by itself. Throws TsplayError for what has no such form. */
export function encodeBody(body: Value, format: BodyFormat): { text: string | undefined; type: string | undefined } {
  switch (format) {
    case 'json':
      return { text: typeof body === 'string' ? body : dumpJson(body), type: 'application/json' };
    case 'form-urlencoded':
      return { text: encodeForm(body), type: 'application/x-www-form-urlencoded' };
    case 'form-multipart':
      return encodeParts(body);
    case 'raw':
      return { text: body === null ? undefined : pyStr(body), type: undefined };
  }
}

function encodeForm(body: Value): string {
  if (typeof body === 'string') return body;
  const pairs = body instanceof Map ? [...body] : Array.isArray(body) ? body.map(pairOf) : undefined;
  if (!pairs) throw new TsplayError('module', 'failed to parse body as form_urlencoded: expect list or dict');
  const form = new URLSearchParams();
  for (const [key, values] of pairs) {
    const all = Array.isArray(values) ? values : values instanceof Map ? [...values.keys()] : [values];
    for (const value of all) if (value !== null) form.append(pyStr(key), pyStr(value));
  }
  return form.toString();
}

function pairOf(item: Value): [Value, Value] {
  if (Array.isArray(item) && item.length === 2) return [item[0]!, item[1]!];
  throw new TsplayError('module', 'failed to parse body as form_urlencoded: too many values to unpack (expected 2)');
}

/** Texts only: `name: value`, or `name: {content, filename, mime_type}`. */
function encodeParts(body: Value): { text: string; type: string } {
  if (!(body instanceof Map)) {
    throw new TsplayError('module', 'failed to parse body as form-multipart: Mapping is required');
  }
  const parts = [...body].map(([name, value]) => partOf(pyStr(name), value));
  // Deterministic, and in none of the parts.
  let boundary = '=================================';
  while (parts.some((part) => part.includes(boundary))) boundary += '=';
  const text = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return { text: `${text}--${boundary}--\r\n`, type: `multipart/form-data; boundary="${boundary}"` };
}

function partOf(name: string, value: Value): string {
  const fields = value instanceof Map ? value : (new Map([['content', value]]) as Dict);
  const content = fields.get('content');
  if (content === undefined || content === null) {
    throw new TsplayError(
      'module',
      `failed to parse body as form-multipart: at least one of filename or content must be provided`,
      {
        hint: `give "content" for ${name}`,
      },
    );
  }
  const filename = fields.get('filename');
  const named = filename === undefined ? '' : `; filename="${pyStr(filename)}"`;
  const type = fields.get('mime_type') ?? (filename === undefined ? 'text/plain' : 'application/octet-stream');
  return `Content-Disposition: form-data; name="${name}"${named}\r\nContent-Type: ${pyStr(type)}\r\n\r\n${pyStr(content)}`;
}

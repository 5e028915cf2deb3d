type Env = Readonly<Record<string, string | undefined>>;

/** Colours of a stream as chalk counts them: none, 16, 256, all. */
export type ColorLevel = 0 | 1 | 2 | 3;

interface Stream {
  readonly isTTY?: boolean;
  getColorDepth?(env?: object): number;
}

/**
 * What the user asks for comes first: FORCE_COLOR and Ansible's ANSIBLE_FORCE_COLOR put colours into pipes too, NO_COLOR
 * and ANSIBLE_NOCOLOR take them away; else a terminal has what it can show.
 */
export function colorLevel(stream: Stream, env: Env): ColorLevel {
  const forced = env['FORCE_COLOR'] ?? env['ANSIBLE_FORCE_COLOR'];
  if (forced !== undefined && isSet(forced)) return forced === '2' ? 2 : forced === '3' ? 3 : 1;
  if (env['FORCE_COLOR'] !== undefined || isSet(env['NO_COLOR']) || isSet(env['ANSIBLE_NOCOLOR'])) return 0;
  if (!stream.isTTY || env['TERM'] === 'dumb') return 0;
  const depth = stream.getColorDepth?.(env) ?? 1;
  if (depth >= 24) return 3;
  if (depth >= 8) return 2;
  return depth >= 4 ? 1 : 0;
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '' && !/^(0|false|no|off)$/i.test(text);
}

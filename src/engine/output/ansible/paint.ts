/** Ansible's colours by what they stand for, as SGR parameters. */
const CODES = {
  ok: '0;32',
  changed: '0;33',
  failed: '0;31',
  unreachable: '1;31',
  skipped: '0;36',
  included: '0;36',
  warning: '1;35',
  deprecated: '0;35',
  debug: '1;30',
  verbose: '0;34',
  added: '0;32',
  removed: '0;31',
  hunk: '0;36',
} as const;

export type Shade = keyof typeof CODES;

/** SGR parameters that somebody wants instead. */
export type Palette = Partial<Readonly<Record<Shade, string>>>;

export type Paint = (text: string, shade: Shade) => string;

/** Colours each line by itself, as Ansible does, so that a pager cuts none in two. */
export function painter(palette: Palette = {}): Paint {
  return (text, shade) =>
    text
      .split('\n')
      .map((line) => `\u001b[${palette[shade] ?? CODES[shade]}m${line}\u001b[0m`)
      .join('\n');
}

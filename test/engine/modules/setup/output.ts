/** What the gathering script prints, made from its parts. */
export function gatheringOutput(parts: {
  readonly sections?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly paths?: readonly string[];
  readonly commands?: readonly string[];
}): string {
  const files = Object.entries(parts.files ?? {})
    .map(([path, text]) => `==> ${path} <==\n${text}`)
    .join('\n');
  const sections = {
    paths: (parts.paths ?? []).map((path) => `${path}\n`).join(''),
    commands: (parts.commands ?? []).map((name) => `${name}\n`).join(''),
    ...parts.sections,
    files,
  };
  return Object.entries(sections)
    .map(([name, text]) => `\x1e${name}\n${text}`)
    .join('');
}

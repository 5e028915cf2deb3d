/** One entry of `name`: `nginx`, `nginx=1.2*`, `nginx>=1.2`, `lib*`, `libc6:i386`. */
export interface PackageSpec {
  readonly written: string;
  readonly name: string;
  readonly version?: { readonly relation: '=' | '>='; readonly text: string };
  /** The name is a pattern. */
  readonly isPattern: boolean;
}

export function parseSpec(written: string): PackageSpec {
  const [, name = written, relation, text = ''] = /^(.*?)(>?=)(.*)$/s.exec(written) ?? [];
  const isPattern = /[*?[\]!]/.test(name);
  if (relation !== '=' && relation !== '>=') return { written, name, isPattern };
  return { written, name, isPattern, version: { relation, text } };
}

/** What is said of the version to apt-get, which takes `=` with a pattern, and has no `>=`. */
export function exactVersion({ version }: PackageSpec): string {
  return version?.relation === '=' ? `=${version.text}` : '';
}

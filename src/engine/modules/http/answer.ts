import type { Completed } from '../../remote/types.ts';

/** A server's answer. */
export interface Answer {
  /** -1 if there was none. */
  readonly status: number;
  readonly reason: string;
  /** Names in lower case; of headers that come more than once, all values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** After redirects. */
  readonly url: string;
  readonly body: Buffer;
  /** What curl says where there is no answer. */
  readonly problem: string | undefined;
}

/** For `--write-out`: what stands behind the body, so that it cannot be mistaken for a part of it. */
export const trailer = '\n%{size_header} %{http_code} %{url_effective}';

/** Reads what `curl --include --write-out` printed: headers, body, trailer. */
export function readAnswer({ rc, stdout, stderr }: Pick<Completed, 'rc' | 'stdout' | 'stderr'>): Answer {
  const end = stdout.lastIndexOf(10);
  const [size = '0', code = '0', url = ''] = stdout
    .subarray(end + 1)
    .toString()
    .split(' ');
  const head = Number(size);
  const said = stderr
    .toString()
    .trim()
    .replace(/^curl: /, '');
  const blocks = stdout
    .subarray(0, head)
    .toString('latin1')
    .split(/\r?\n\r?\n/)
    .filter((block) => block !== '');
  const { reason, headers } = readHead(blocks.at(-1) ?? '');
  const answered = Number(code) > 0;
  return {
    status: answered ? Number(code) : -1,
    reason,
    headers,
    url,
    body: stdout.subarray(head, Math.max(head, end)),
    problem: rc === 0 && answered ? undefined : problemOf(rc, said),
  };
}

/** curl's reason, in Ansible's words where a certificate is the matter. */
export function problemOf(rc: number, said: string): string {
  if (rc !== 60 && rc !== 51) return said || `curl ended with ${rc}`;
  return `Failed to validate the SSL certificate: certificate verify failed: ${said}`;
}

function readHead(block: string): { reason: string; headers: Map<string, string[]> } {
  const [first = '', ...lines] = block.split(/\r?\n/);
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const at = line.indexOf(':');
    if (at < 0) continue;
    const name = line.slice(0, at).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(at + 1).trim()]);
  }
  return { reason: /^HTTP\/\S+ \d+ ?(.*)$/.exec(first)?.[1] ?? '', headers };
}

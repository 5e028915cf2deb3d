import { sh } from '../../remote/quote.ts';
import type { HostView } from '../../remote/types.ts';

export const noClient = 'this needs curl on the host, which has none';

/** Whether the host has curl. */
export async function hasCurl(host: HostView): Promise<boolean> {
  return (await host.query(sh`command -v curl >/dev/null 2>&1`)).rc === 0;
}

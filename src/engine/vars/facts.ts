import type { Dict, Value } from '../model/value.ts';
import type { FactCache } from './fact-cache.ts';

const PREFIX = 'ansible_';

/** Facts never say how a host is reached: a compromised host would choose the next connection. */
const CONNECTION =
  /^ansible_(connection|host|port|user|password|pass|ssh_.*|become.*|sudo.*|su_.*|shell_.*|.*_interpreter|private_key_file|remote_tmp|pipelining|scp_.*|sftp_.*|delegated_vars|facts|check_mode|play_.*)$/;
const HARMLESS = /^ansible_ssh_host_key_/;

/** Facts of one host: the dict `ansible_facts` (names without `ansible_`), and variables under the names they came with. */
export class Facts {
  readonly dict: Dict = new Map();
  readonly injected = new Map<string, Value>();
  private readonly raw: Dict = new Map();
  private readonly host: string;
  private readonly cache: FactCache | undefined;

  constructor(host: string, cache?: FactCache) {
    this.host = host;
    this.cache = cache;
    const known = cache?.read(host);
    if (known) this.take(known);
  }

  add(facts: ReadonlyMap<Value, Value>): void {
    this.take(facts);
    this.cache?.write(this.host, this.raw);
  }

  private take(facts: ReadonlyMap<Value, Value>): void {
    for (const [key, value] of facts) {
      const name = String(key);
      if (this.cache) this.raw.set(name, value);
      const bare = name !== 'ansible_local' && name.startsWith(PREFIX);
      this.dict.set(bare ? name.slice(PREFIX.length) : name, value);
      if (!CONNECTION.test(name) || HARMLESS.test(name)) this.injected.set(name, value);
    }
  }

  clear(): void {
    this.dict.clear();
    this.injected.clear();
    this.raw.clear();
    this.cache?.forget(this.host);
  }
}

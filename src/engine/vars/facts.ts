import type { Dict, Value } from '../model/value.ts';
import type { FactCache } from './fact-cache.ts';

const PREFIX = 'ansible_';

/** Facts never say how a host is reached: a compromised host would choose the next connection. */
const CONNECTION = new RegExp(
  `^ansible_(${[
    // What a connection reads.
    'connection|host|port|user|password|pass|timeout|executable|pipelining|network_os|host_key_.*|private_key_.*',
    '(ssh|scp|sftp|paramiko|local|winrm|psrp|persistent)_.*',
    '(become|sudo|su|doas|dzdo|pbrun|pfexec|runas|ksu|machinectl|enable)(_.*)?',
    // What runs there, and how.
    'shell_.*|remote_tmp|module_.*|async_dir|.*_interpreter|rsync_path|common_remote_group|keep_remote_files',
    // What the run itself says.
    'facts|check_mode|diff_mode|play_.*|playbook_python|delegated_vars|inventory_sources|config_file|version|verbosity|forks|limit|run_tags|skip_tags|search_path|role_.*',
  ].join('|')})$`,
);
const HARMLESS = /^ansible_(ssh_host_key_[a-z0-9]+_public(_keytype)?)$/;

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

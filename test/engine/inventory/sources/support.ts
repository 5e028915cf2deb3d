import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadVariables } from '../../../../src/cli/run/world.ts';
import { SOURCE_DEFAULTS, type SourceSettings } from '../../../../src/engine/inventory/source-settings.ts';
import type { Raw } from '../../../../src/engine/model/value.ts';
import { withoutSecrets } from '../../../../src/engine/template/vaulted.ts';

export interface Read {
  /** `{ group: [hosts] }`, without `all`. */
  readonly groups: Record<string, string[]>;
  /** Own variables of each host. */
  readonly vars: Record<string, Record<string, Raw>>;
  /** Own variables of a group. */
  readonly groupVars: (name: string) => Record<string, Raw>;
  readonly warnings: string[];
}

/** Reads sources that are written to a folder first; those in `sources` are named, the others lie beside them. */
export async function read(
  files: Readonly<Record<string, string>>,
  sources: readonly string[],
  settings: Partial<SourceSettings> = {},
): Promise<Read> {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-sources-'));
  const warnings: string[] = [];
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text.replaceAll('FOLDER', folder));
      if (text.startsWith('#!')) chmodSync(join(folder, name), 0o755);
    }
    const { store } = await loadVariables({
      settings: {
        inventory: sources.map((name) => join(folder, name)),
        invalidGroupNames: 'never',
        sources: { ...SOURCE_DEFAULTS, ...settings },
      },
      extraVars: new Map(),
      playbookDir: folder,
      warn: (message) => warnings.push(message.replaceAll(folder, 'FOLDER')),
      secret: () => undefined,
      decryption: withoutSecrets(),
    });
    const { hosts, groups } = store.inventory;
    return {
      groups: Object.fromEntries(
        [...groups.values()].filter(({ name }) => name !== 'all').map((group) => [group.name, [...group.hosts]]),
      ),
      vars: Object.fromEntries([...hosts.values()].map((host) => [host.name, Object.fromEntries(host.vars)])),
      groupVars: (name) => Object.fromEntries(groups.get(name)?.vars ?? []),
      warnings,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

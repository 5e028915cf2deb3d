import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lintPaths } from '../../../src/engine/lint/lint.ts';
import { RULES } from '../../../src/engine/lint/rules/index.ts';
import type { Finding } from '../../../src/engine/lint/types.ts';
import { formatPosition } from '../../../src/engine/model/source.ts';
import { actionTable } from '../../../src/engine/modules/registry.ts';
import { hasPlugin } from '../../../src/engine/template/registry.ts';

/** Names of files, relative to a folder of their own, to their text. */
export type Files = Readonly<Record<string, string>>;

/** Lints some paths of files that are made for it; positions are relative to their folder. */
export async function lintFiles(
  files: Files,
  paths: readonly string[] = ['.'],
  rules?: readonly string[],
): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-lint-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const findings = await lintPaths(
      paths.map((path) => join(folder, path)),
      {
        rules: rules && RULES.filter(({ name }) => rules.includes(name)),
        reading: {
          actions: actionTable,
          hasLookup: (name) => hasPlugin('lookup', name),
          rolePaths: [join(folder, 'roles')],
          collectionsPaths: [],
        },
      },
    );
    return findings.map((finding) => inside(folder, finding));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `site.yml:4:7 parse: message; hint` */
export function shown({ position, rule, message, hint }: Finding): string {
  return `${formatPosition(position)} ${rule}: ${message}${hint ? `; ${hint}` : ''}`;
}

function inside(folder: string, finding: Finding): Finding {
  const without = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
  return {
    ...finding,
    message: without(finding.message),
    hint: finding.hint && without(finding.hint),
    position: { ...finding.position, file: without(finding.position.file) },
  };
}

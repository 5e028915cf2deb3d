import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { requireTrusted } from '../../../../src/engine/playbook/content/scripts/trust.ts';

test.each([
  { file: 0o644, folder: 0o755, refused: false },
  { file: 0o664, folder: 0o775, refused: false },
  { file: 0o666, folder: 0o755, refused: true },
  { file: 0o644, folder: 0o777, refused: true },
  { file: 0o644, folder: 0o1777, refused: true },
])('a script of mode $file in a folder of mode $folder', ({ file, folder, refused }) => {
  const root = mkdtempSync(join(tmpdir(), 'tsplay-test-'));
  try {
    const path = join(root, 'library', 'x.ts');
    mkdirSync(join(root, 'library'));
    writeFileSync(path, '');
    chmodSync(path, file);
    chmodSync(join(root, 'library'), folder);
    const check = () => requireTrusted(path);
    if (refused) expect(check).toThrow('may be written to by everybody');
    else expect(check).not.toThrow();
  } finally {
    rmSync(root, { recursive: true });
  }
});

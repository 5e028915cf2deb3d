import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Journals of runs that tests make stand apart from the user's own. */
const dir = mkdtempSync(join(tmpdir(), 'tsplay-state-'));
process.env['TSPLAY_STATE_DIR'] = dir;
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));

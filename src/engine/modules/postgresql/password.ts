import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';

/** Whether a role's password is what the server keeps of it: a hash with salt, an older one, or the hash itself. */
export function isPassword(password: string, role: string, kept: string | null): boolean {
  if (password === '') return kept === null || kept === '';
  if (kept === null) return false;
  if (password === kept) return true;
  if (kept.startsWith('md5'))
    return (
      kept ===
      `md5${createHash('md5')
        .update(password + role)
        .digest('hex')}`
    );
  const [, rounds, salt, stored] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):/.exec(kept) ?? [];
  if (stored === undefined || Number(rounds) > MOST_ROUNDS) return false;
  const salted = pbkdf2Sync(password.normalize('NFKC'), Buffer.from(salt!, 'base64'), Number(rounds), 32, 'sha256');
  const key = createHmac('sha256', salted).update('Client Key').digest();
  const own = createHash('sha256').update(key).digest();
  const theirs = Buffer.from(stored, 'base64');
  return theirs.length === own.length && timingSafeEqual(own, theirs);
}

/** The server says how many there are, and may not keep the controller busy with them. */
const MOST_ROUNDS = 1_000_000;

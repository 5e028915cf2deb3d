const digestLengths: Readonly<Record<string, number>> = { 1: 22, 5: 43, 6: 86, y: 43 };

/** A warning if a password seems to be no hash, which would lock the account. */
export function passwordWarning(password: string | null): string[] {
  if (!password || password === '*' || password === '!' || password === '*************' || looksHashed(password))
    return [];
  return [
    'The input password appears not to have been hashed. ' +
      "The 'password' argument must be encrypted for this module to work properly.",
  ];
}

function looksHashed(password: string): boolean {
  if (/[:*!]/.test(password)) return false;
  const fields = password.split('$');
  const digest = fields.at(-1)!;
  if (fields.length < 3 || /[^a-zA-Z0-9./=]/.test(digest)) return false;
  const kind = fields[1]!;
  return !Object.hasOwn(digestLengths, kind) || digest.length === digestLengths[kind];
}

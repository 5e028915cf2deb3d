/**
 * What is another one each time, whoever makes it: keys and certificates, in PEM or as one word of base64; tokens of
 * kubeadm; digests and identities; times. By what it is shown as instead.
 */
const BY_CHANCE: readonly [RegExp, string][] = [
  [/(-----BEGIN [^-]+-----)[^-]*(?=-----END )/g, '$1\n<secret>\n'],
  [/\b[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\b/g, '<uuid>'],
  [/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, '<token>'],
  [/\b[0-9a-f]{16,}\b/g, '<digest>'],
  [/(?<![\w+/])(?=[\w+/]*[A-Z])(?=[\w+/]*\d)[\w+/]{40,}={0,2}/g, '<secret>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?|\b\d{8}T\d{6}Z?\b/g, '<time>'],
];

/** Members of etcd as kubeadm lists them: in the order of their random ids. */
const MEMBERS = /(?<=--initial-cluster=)\S+/g;

/** A text with the same word for everything in it that is left to chance or the clock, and what has an order by chance sorted. */
export function withoutChance(text: string): string {
  const sorted = text.replace(MEMBERS, (members) => members.split(',').sort().join());
  return BY_CHANCE.reduce((shown, [pattern, word]) => shown.replace(pattern, word), sorted);
}

import type { Methods } from './types.ts';

function matches(pattern: RegExp): (self: string) => boolean {
  return (self) => pattern.test(self);
}

/** `isdigit` and its like: false for an empty text, all but `isascii` and `isprintable`. */
export const PREDICATES: Methods<string> = new Map<string, (self: string) => boolean>([
  ['isdigit', matches(/^[\p{Nd}\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089]+$/u)],
  ['isdecimal', matches(/^\p{Nd}+$/u)],
  ['isnumeric', matches(/^\p{N}+$/u)],
  ['isalpha', matches(/^\p{L}+$/u)],
  ['isalnum', matches(/^[\p{L}\p{N}]+$/u)],
  ['isspace', matches(/^\s+$/u)],
  ['isascii', matches(/^[\x00-\x7f]*$/)],
  ['isprintable', matches(/^[^\p{C}\p{Zl}\p{Zp}]*$/u)],
  ['isidentifier', matches(/^[\p{L}_][\p{L}\p{N}_]*$/u)],
  ['islower', (self) => self !== self.toUpperCase() && self === self.toLowerCase()],
  ['isupper', (self) => self !== self.toLowerCase() && self === self.toUpperCase()],
  [
    'istitle',
    (self) => /\p{L}/u.test(self) && [...self.matchAll(/\p{L}+/gu)].every(([word]) => /^\p{Lu}\P{Lu}*$/u.test(word)),
  ],
]);

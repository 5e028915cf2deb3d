const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** crypt(3)'s own base 64: three bytes as four characters, lowest bits first. `order` says which bytes go together. */
export function encodeCrypt(bytes: Uint8Array, order: readonly (readonly number[])[]): string {
  return order
    .map((group) => {
      // The first of a group holds the highest bits.
      let word = group.reduce((sum, index) => (sum << 8) | bytes[index]!, 0);
      let text = '';
      for (let count = Math.ceil((group.length * 8) / 6); count > 0; count--) {
        text += ALPHABET[word & 63];
        word >>= 6;
      }
      return text;
    })
    .join('');
}

export { ALPHABET as SALT_CHARACTERS };

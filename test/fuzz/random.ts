/** Gives a whole number from 0 up to, but without, its argument. */
export type Random = (below: number) => number;

/** Numbers that are the same for the same seed (a multiplication and a mix of bits), so that a case can be repeated. */
export function numbers(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return Math.floor((((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32) * below);
  };
}

export function oneOf<T>(members: readonly T[], next: Random): T {
  return members[next(members.length)]!;
}

/** One place where a pattern fits. Offsets count UTF-16 units. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** Group 0 is the whole; a group that took no part is null. */
  readonly groups: readonly (string | null)[];
  /** Group numbers by name. */
  readonly names: ReadonlyMap<string, number>;
}

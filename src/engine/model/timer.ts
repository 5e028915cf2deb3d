/** Node takes a longer time for none at all. */
const LONGEST = 2 ** 31 - 1;

/** Seconds as milliseconds of a timer; what is longer than a timer can be (24 days) is as long as it can be. */
export function timerMs(seconds: number): number {
  return Math.min(Math.max(0, seconds * 1000), LONGEST);
}

export { checkLimit } from './patterns/check-limit.ts';
export { readLimit } from './patterns/limit.ts';
export { type MatchOptions, matchHosts } from './patterns/match.ts';

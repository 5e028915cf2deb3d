export { checkLimit, readLimit } from './patterns/limit.ts';
export { type MatchOptions, matchHosts } from './patterns/match.ts';

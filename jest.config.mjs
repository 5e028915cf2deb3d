import { availableParallelism } from 'node:os';

export default {
  testEnvironment: 'node',
  // Milliseconds. Tests with real shells and hosts must not fail because a machine is busy.
  testTimeout: 60_000,
  // Tests with hosts wait more than they work. (Jest reads a share above 100 % as a number of workers.)
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  roots: ['<rootDir>/test'],
  testSequencer: '<rootDir>/test/longest-first.mjs',
  setupFiles: ['<rootDir>/test/state-dir.ts'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
};

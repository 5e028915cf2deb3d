export default {
  testEnvironment: 'node',
  // Milliseconds. Tests with real shells and hosts must not fail because a machine is busy.
  testTimeout: 60_000,
  // Tests with hosts wait more than they work.
  maxWorkers: '150%',
  roots: ['<rootDir>/test'],
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

/**
 * What modules, filters, tests and lookups of the user may import from `tsplay/module`. See docs/extending.md; what is
 * not here may change at any time.
 */
export type { Attributes, Change, Diff, Outcome } from '../engine/model/change.ts';
export type { Completed, Script } from '../engine/model/script.ts';
export type { Dict, Value } from '../engine/model/value.ts';
export { runChange as run } from '../engine/modules/run-change.ts';
export { linesOf, readText, type TextFile, writeText } from '../engine/modules/text-file.ts';
export type { ArgSpec, Controller, ModuleDefinition, Plan } from '../engine/modules/types.ts';
export type { Plain } from '../engine/playbook/content/plain.ts';
export type { LookupContext } from '../engine/playbook/content/script-plugins.ts';
export { join, sh } from '../engine/remote/quote.ts';
export type { FileState, HostView } from '../engine/remote/types.ts';
export { arg } from './arg.ts';
export { defineModule } from './define.ts';

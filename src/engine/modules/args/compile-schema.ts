import { Ajv, type ValidateFunction } from 'ajv';
import type { Schema } from './schema.ts';

/** Makes a checker of a schema that gives all errors. The library is large, so this file is imported when it is needed. */
export function compileSchema(schema: Schema): ValidateFunction {
  return new Ajv({ allErrors: true, strict: false, verbose: true }).compile(schema);
}

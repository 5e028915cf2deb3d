import { TsplayError } from '../model/errors.ts';

/** A store that cannot be reached now; who waits may try again. */
export class StoreLost extends TsplayError {}

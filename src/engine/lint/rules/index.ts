import type { Rule } from '../types.ts';
import { commandWithoutChangedWhen } from './command-without-changed-when.ts';
import { duplicateKey } from './duplicate-key.ts';
import { jinjaInWhen } from './jinja-in-when.ts';
import { loopList } from './loop-list.ts';
import { missingFile } from './missing-file.ts';
import { moduleArguments } from './module-arguments.ts';
import { noEffect } from './no-effect.ts';
import { noName } from './no-name.ts';
import { notifyNobody } from './notify-nobody.ts';
import { octalMode } from './octal-mode.ts';
import { onlyTsplay } from './only-tsplay.ts';
import { parse } from './parse.ts';
import { partialBecome } from './partial-become.ts';
import { templateSyntax } from './template-syntax.ts';
import { unavailableModule } from './unavailable-module.ts';
import { undefinedVariable } from './undefined-variable.ts';

/** Every rule, sorted by name. */
export const RULES: readonly Rule[] = [
  commandWithoutChangedWhen,
  duplicateKey,
  jinjaInWhen,
  loopList,
  missingFile,
  moduleArguments,
  noEffect,
  noName,
  notifyNobody,
  octalMode,
  onlyTsplay,
  parse,
  partialBecome,
  templateSyntax,
  unavailableModule,
  undefinedVariable,
];

import { extname } from 'node:path';
import type { ContentPlugins } from '../../model/value.ts';
import { readHeader } from '../../template/header.ts';
import { faultOf } from '../../template/late.ts';
import { compileTemplate, faultError } from '../../template/program.ts';
import { FILE_SYNTAX } from '../../template/syntax/options.ts';
import type { TemplateFile } from '../content.ts';
import { NOWHERE } from './syntax.ts';

/** Compiles a template file without evaluating it. Throws TsplayError with the place of a mistake. */
export async function checkTemplateFile({ path, shown, text }: TemplateFile, plugins: ContentPlugins): Promise<void> {
  if (extname(path) === '.hbs') {
    const { checkHandlebars } = await import('../../template/handlebars.ts');
    checkHandlebars(text, shown);
    return;
  }
  const { body, syntax, line } = readHeader(text, FILE_SYNTAX, NOWHERE);
  const base = { file: shown, line, column: 1 };
  try {
    const fault = faultOf(compileTemplate(body, syntax, base).late, plugins);
    if (fault) throw fault;
  } catch (error) {
    throw faultError(error, body, base);
  }
}

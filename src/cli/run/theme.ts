import { makeTheme, type Theme } from '../../engine/output/terminal/theme.ts';
import { processSink } from './output.ts';

/** The colours and signs that standard output can show. */
export function processTheme(): Theme {
  const { colors = 0, unicode = true } = processSink();
  return makeTheme(colors, unicode);
}

import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import type { Report } from '../model/report.ts';
import failure from './failure.hbs';
import script from './page.browser.js';
import page from './page.hbs';
import style from './style.css';
import task from './task.hbs';
import timeline from './timeline.hbs';
import { viewOf } from './view.ts';

/**
 * A report as one page that needs nothing else. What hosts said stands in it as text alone: it is escaped, and the
 * page's policy lets no script or style run but its own.
 */
export function htmlReport(report: Report): string {
  const engine = Handlebars.create();
  const compiled = (text: string) => engine.compile(text, { strict: true, knownHelpersOnly: true, knownHelpers: {} });
  const render = compiled(page);
  const policy = `default-src 'none'; style-src '${digest(style)}'; script-src '${digest(script)}'`;
  return render(
    { ...viewOf(report), policy, style, script },
    { partials: { failure: compiled(failure), task: compiled(task), timeline: compiled(timeline) } },
  );
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

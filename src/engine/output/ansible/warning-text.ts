import { wrapText } from '../wrap.ts';
import { lineWidth } from './banner.ts';
import { line } from './results.ts';

/** A warning in lines of a terminal's width, with lines below it that stay as they are. */
export function warningText(text: string, below: readonly string[], columns: number | undefined): string {
  return [...wrapText(text, lineWidth(columns)), ...below.map(line)].map(unlikeOurs).join('\n');
}

/** Wrapped text of a host may begin a line as a line of the report does: it stands aside then. */
function unlikeOurs(text: string): string {
  return OURS.test(text) ? ` ${text}` : text;
}

const OURS =
  /^(?:(?:ok|changed|skipping|failed|fatal|included|FAILED - RETRYING|ASYNC [A-Z]+)\b.*[:[]|(?:PLAY|TASK|RUNNING HANDLER|NO MORE HOSTS|DRY RUN|CUSTOM STATS)\b|\.\.\.ignoring)/;

import type { Dict } from '../../model/value.ts';
import { plain } from '../../output/plain.ts';
import { pyStr } from '../../template/values.ts';

/** What a result says of itself. */
export function messageOf(result: Dict): string {
  const said = result.get('msg') ?? result.get('censored');
  return said === undefined ? 'it said nothing' : pyStr(plain(said)).trim();
}

/** What the programs of a failed task printed. */
export function outputOf(result: Dict): { readonly name: string; readonly text: string }[] {
  return ['stdout', 'stderr', 'module_stdout', 'module_stderr'].flatMap((name) => {
    const text = result.get(name);
    return typeof text === 'string' && text.trim() !== '' ? [{ name, text: text.trimEnd() }] : [];
  });
}

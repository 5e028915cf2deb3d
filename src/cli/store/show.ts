import { TsplayError } from '../../engine/model/errors.ts';
import type { EntryName } from '../../engine/model/shared.ts';
import { shownFacts } from '../../engine/modules/sharing/secrets.ts';
import { plain } from '../../engine/output/plain.ts';
import { printable } from '../../engine/output/printable.ts';
import { nameText } from '../../engine/store/entry.ts';
import type { Exchange } from '../../engine/store/exchange.ts';
import { dumpJson } from '../../engine/template/filters/json/dump.ts';

/** An entry as JSON; facts that are secrets are hidden. Throws TsplayError if there is none, or it cannot be opened. */
export async function entryText(exchange: Exchange, name: EntryName): Promise<string> {
  const entry = await exchange.find(name);
  if (!entry) {
    throw new TsplayError('usage', `there is no ${nameText(name)}, or it no longer counts`, {
      hint: 'tsplay store list shows what there is',
    });
  }
  const { cluster, kind, owner, digest, time, expires, by } = entry;
  const shown = {
    cluster,
    kind,
    host: owner,
    facts: shownFacts(entry),
    digest,
    time: new Date(time).toISOString(),
    expires: expires === null ? null : new Date(expires).toISOString(),
    controller: by.controller,
    run: by.run ?? null,
  };
  return printable(dumpJson(plain(shown), { indent: 2 }));
}

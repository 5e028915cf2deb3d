import type { Value } from '../../../model/value.ts';
import { bind } from '../../params.ts';
import { pyStr, toIndex, truthy } from '../../values.ts';
import { escapeHtml } from './html.ts';

const URL = /^(?:https?:\/\/|www\.)[^\s<>"']+$/i;
const MAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;

/** Makes links of the addresses in a text, which is escaped. */
export function urlize(text: string, args: Value[], kwargs: Map<string, Value>): string {
  const names = ['trim_url_limit', 'nofollow', 'target', 'rel', 'extra_schemes'] as const;
  const { trim_url_limit = null, nofollow = false, target = null, rel = null } = bind(args, kwargs, names, 'urlize');
  const relations = [
    ...(rel === null ? [] : pyStr(rel).split(/\s+/)),
    ...(truthy(nofollow) ? ['nofollow'] : []),
    'noopener',
  ];
  const attributes = ` rel="${escapeHtml([...new Set(relations)].sort().join(' '))}"${target === null ? '' : ` target="${escapeHtml(pyStr(target))}"`}`;
  const limit = trim_url_limit === null ? Number.POSITIVE_INFINITY : toIndex(trim_url_limit);
  return text
    .split(/(\s+)/)
    .map((word) => {
      const [, head = '', middle = '', tail = ''] = /^([(<]*)(.*?)([)>.,]*)$/s.exec(word) ?? [];
      const shown = middle.length > limit ? `${middle.slice(0, limit)}...` : middle;
      if (URL.test(middle)) {
        const address = /^https?:/i.test(middle) ? middle : `https://${middle}`;
        return `${escapeHtml(head)}<a href="${escapeHtml(address)}"${attributes}>${escapeHtml(shown)}</a>${escapeHtml(tail)}`;
      }
      if (MAIL.test(middle))
        return `${escapeHtml(head)}<a href="mailto:${escapeHtml(middle)}">${escapeHtml(middle)}</a>${escapeHtml(tail)}`;
      return escapeHtml(word);
    })
    .join('');
}

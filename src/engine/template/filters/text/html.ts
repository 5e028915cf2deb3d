const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&#34;'],
  ["'", '&#39;'],
]);

/** Text that is safe in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES.get(char) ?? char);
}

/** Removes tags and comments, joins white space, and decodes the common entities. */
export function stripTags(text: string): string {
  const bare = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, '');
  return unescapeHtml(bare.split(/\s+/).filter(Boolean).join(' '));
}

function unescapeHtml(text: string): string {
  const named = new Map([...ENTITIES].map(([char, entity]) => [entity, char]));
  return text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|amp|lt|gt|quot|apos|nbsp);/gi,
    (entity, decimal?: string, hex?: string) => {
      if (decimal || hex) {
        const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
      }
      const extra = { '&quot;': '"', '&apos;': "'", '&nbsp;': '\u00a0' }[entity.toLowerCase()];
      return named.get(entity.toLowerCase()) ?? extra ?? entity;
    },
  );
}

const NARROWEST = 79;

/** `TASK [name] ****`, filled to the width that Ansible uses where there is no terminal. */
export function banner(text: string, columns: number | undefined): string {
  const width = Math.max(NARROWEST, (columns ?? 0) - 1);
  const stars = Math.max(3, width - displayWidth(text));
  return `\n${text} ${'*'.repeat(stars)}`;
}

/** Columns a text takes: wide characters count twice. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

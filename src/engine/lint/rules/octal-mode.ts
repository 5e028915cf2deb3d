import type { Rule } from '../types.ts';

export const octalMode: Rule = {
  name: 'octal-mode',
  severity: 'error',
  docs: {
    what: 'A mode that is written as a decimal number: `mode: 644`.',
    why: 'YAML reads it as 644 in tens, which is 01204 in octal: other rights than are written there.',
    bad: '- hosts: all\n  tasks:\n    - name: Make the folder\n      ansible.builtin.file:\n        path: /srv/x\n        state: directory\n        mode: 755',
    good: '- hosts: all\n  tasks:\n    - name: Make the folder\n      ansible.builtin.file:\n        path: /srv/x\n        state: directory\n        mode: "0755"',
  },
  task({ task }, content) {
    return ['mode', 'directory_mode'].flatMap((name) => {
      const position = task.argPositions.get(name);
      if (!position || typeof task.args.get(name) !== 'number') return [];
      const written = digitsOf(content.line(position).slice(position.column - 1));
      if (written === undefined || !isMeantAsOctal(written)) return [];
      const read = Number(written).toString(8);
      return [
        {
          message: `${name}: ${written} is a decimal number, 0${read} in octal`,
          position,
          hint: `write "0${written}"`,
        },
      ];
    });
  },
};

/** The digits after the key, if they do not begin with the 0 of an octal number. */
function digitsOf(text: string): string | undefined {
  return /^["']?\w+["']?\s*:\s*([1-7][0-7]{2,3})(?![\w.])/.exec(text)?.[1];
}

/** Nobody gives the group more than the owner: such a number is one that was counted out in tens (`420`). */
function isMeantAsOctal(digits: string): boolean {
  const [owner, group, other] = [...digits.slice(-3)].map(Number) as [number, number, number];
  return (owner & group) === group && (group & other) === other;
}

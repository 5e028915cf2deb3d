const MODULE_UTILS =
  /^[ \t]*(?:from +\.{2,} *module_utils.* +import |from +ansible_collections\.[^.\s]+\.[^.\s]+\.plugins\.module_utils.* +import |import +ansible_collections\.[^.\s]+\.[^.\s]+\.plugins\.module_utils|from +ansible\.module_utils.* +import |import +ansible\.module_utils\.|#<<INCLUDE_ANSIBLE_MODULE_COMMON>>)/m;

/**
 * The line of a file in Python where it takes Ansible's library for modules, from 1: then it is no program by itself,
 * for Ansible would send that library along.
 */
export function pythonImport(text: string): number | undefined {
  const match = MODULE_UTILS.exec(text);
  return match ? lineAt(text, match.index) : undefined;
}

/** The line where a file in Python names a filter or test that it brings, from 1: `'shout': self.shout`. */
export function pythonEntry(text: string, name: string): number | undefined {
  const escaped = name.replace(/[^\w]/g, '\\$&');
  const match = new RegExp(`(['"])${escaped}\\1\\s*:|\\b${escaped}\\s*=(?!=)`).exec(text);
  return match ? lineAt(text, match.index) : undefined;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

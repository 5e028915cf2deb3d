/** Delimiters and whitespace rules of a text. */
export interface Syntax {
  readonly blockStart: string;
  readonly blockEnd: string;
  readonly variableStart: string;
  readonly variableEnd: string;
  readonly commentStart: string;
  readonly commentEnd: string;
  readonly trimBlocks: boolean;
  readonly lstripBlocks: boolean;
  readonly keepTrailingNewline: boolean;
  readonly newlineSequence: string;
  /** In `{{ }}` a backslash in a string is literal, as Ansible has it for strings of YAML. */
  readonly literalBackslashes: boolean;
}

/** Ansible's settings for strings in YAML. */
export const YAML_SYNTAX: Syntax = {
  blockStart: '{%',
  blockEnd: '%}',
  variableStart: '{{',
  variableEnd: '}}',
  commentStart: '{#',
  commentEnd: '#}',
  trimBlocks: true,
  lstripBlocks: false,
  keepTrailingNewline: false,
  newlineSequence: '\n',
  literalBackslashes: true,
};

/** Ansible's settings for template files. */
export const FILE_SYNTAX: Syntax = { ...YAML_SYNTAX, literalBackslashes: false };

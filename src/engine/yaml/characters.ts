/** Character codes and classes of the YAML grammar. `NaN`, what charCodeAt gives past the end, counts as blank. */
export const TAB = 9;
export const NEWLINE = 10;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const PLUS = 43;
export const COMMA = 44;
export const DASH = 45;
export const DOT = 46;
export const COLON = 58;
export const GREATER = 62;
export const QUESTION = 63;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const PIPE = 124;
export const CLOSE_BRACE = 125;

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

export function isBlankOrEnd(code: number): boolean {
  return code === SPACE || code === NEWLINE || code === TAB || Number.isNaN(code);
}

export function isFlowIndicator(code: number): boolean {
  return (
    code === COMMA || code === OPEN_BRACKET || code === CLOSE_BRACKET || code === OPEN_BRACE || code === CLOSE_BRACE
  );
}

/** What a text allows, as libyaml judges it before it chooses how to write it. */
export interface ScalarTraits {
  readonly multiline: boolean;
  /** May be plain inside `[]` and `{}`. */
  readonly plainInFlow: boolean;
  readonly plainInBlock: boolean;
  readonly singleQuoted: boolean;
  /** May be a block literal. */
  readonly literal: boolean;
}

/** Texts that YAML 1.1 reads as something else than a string: these are quoted. */
const RESOLVED =
  /^(?:~|null|Null|NULL||<<|=|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|[-+]?(?:\d[\d_]*)\.[\d_]*(?:[eE][-+]\d+)?|\.[\d][\d_]*(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][\d_]*)|[-+]?0x[\da-fA-F_]+|[-+]?[1-9][\d_]*(?::[0-5]?\d)+|\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

const FLOW_FIRST = new Set('#,[]{}&*!|>\'"%@`');
const FLOW_INSIDE = new Set(',?[]{}');

/** True if the text, written plain, would not come back as the same string. */
export function resolvesToOther(text: string): boolean {
  return RESOLVED.test(text) && !text.includes('\n');
}

export function isBreak(char: string | undefined): boolean {
  return char === '\n' || char === '\r' || char === '\x85' || char === '\u2028' || char === '\u2029';
}

/** libyaml knows nothing beyond the basic plane, so emoji are escaped. */
export function isPrintable(char: string): boolean {
  const code = char.codePointAt(0)!;
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e)) return true;
  if (code < 0xa0 || code > 0xffff) return false;
  return (code < 0xd800 || code > 0xdfff) && code !== 0xfeff && code < 0xfffe;
}

function isBlank(char: string | undefined): boolean {
  return char === undefined || char === ' ' || char === '\t' || char === '\0' || isBreak(char);
}

export function analyse(chars: readonly string[]): ScalarTraits {
  if (chars.length === 0)
    return { multiline: false, plainInFlow: false, plainInBlock: true, singleQuoted: true, literal: false };
  const indicators = findIndicators(chars);
  const breaks = chars.some(isBreak);
  const special = chars.some((char) => !isPrintable(char));
  const edge = isEdge(chars[0]) || isEdge(chars.at(-1));
  const breakThenSpace = follows(chars, isBreak, isSpace);
  const spaceThenBreak = follows(chars, isSpace, isBreak);
  const quoted = special || spaceThenBreak || breakThenSpace;
  const plain = !(quoted || edge || breaks);
  return {
    multiline: breaks,
    plainInFlow: plain && !indicators.flow,
    plainInBlock: plain && !indicators.block,
    singleQuoted: !quoted,
    literal: !special && !spaceThenBreak && !isSpace(chars.at(-1)),
  };
}

function isSpace(char: string | undefined): boolean {
  return char === ' ';
}

function isEdge(char: string | undefined): boolean {
  return isSpace(char) || isBreak(char);
}

function follows(chars: readonly string[], first: typeof isSpace, second: typeof isSpace): boolean {
  return chars.some((char, index) => index > 0 && second(char) && first(chars[index - 1]));
}

function findIndicators(chars: readonly string[]): { flow: boolean; block: boolean } {
  const start = chars.slice(0, 3).join('');
  let block = start === '---' || start === '...';
  let flow = block;
  for (const [index, char] of chars.entries()) {
    const blankAfter = isBlank(chars[index + 1]);
    if (index === 0) {
      if (FLOW_FIRST.has(char)) flow = block = true;
      if (char === '?' || char === ':') {
        flow = true;
        block ||= blankAfter;
      }
      if (char === '-' && blankAfter) flow = block = true;
      continue;
    }
    if (FLOW_INSIDE.has(char)) flow = true;
    if (char === ':') {
      flow = true;
      block ||= blankAfter;
    }
    if (char === '#' && isBlank(chars[index - 1])) flow = block = true;
  }
  return { flow, block };
}

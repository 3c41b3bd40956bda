import { nameOfValueAt } from './bareForms';
import { type Mask, maskAt } from './masks';

/** What a character is part of, as far as quoting goes. */
export type TextState =
  | 'plain'
  | 'single'
  | 'double'
  | 'comment'
  | 'heredoc'
  | 'heredoc-quoted';

/**
 * The placeholder that begins at `at`, if one does. `enclosing` is the quoted text around it.
 *
 * Knows the forms that a parser would misread: `<pod-name>`, `{{name}}`, `{name}`, `[words here]` and
 * `${kebab-name}`. Variables and bare words are found afterwards, in the parsed text.
 */
export function placeholderAt(
  text: string,
  at: number,
  state: TextState,
  enclosing: string,
): Mask | undefined {
  switch (text[at]) {
    case '<':
      return angle(text, at, state, enclosing);
    case '{':
      return braces(text, at, state, enclosing);
    case '[':
      return brackets(text, at, state, enclosing);
    case '$':
      return kebabVariable(text, at, state);
    default:
      return undefined;
  }
}

const ANGLE =
  /<{1,2}([A-Za-z_](?:[A-Za-z0-9 _.,:/|'()*+#=~!?[\]-]{0,78}[A-Za-z0-9_.)*#!?\]'])?)>{1,2}/y;
/** `--env=<staging|production>`: what may be chosen, and not what it is. */
const CHOICE = /^[\w.-]{1,40}(?: ?\| ?[\w.-]{1,40})+$/;
//   kubectl logs <имя-пода>
//                ^
const FOREIGN_ANGLE = /<([\p{L}_][\p{L}\p{M}\p{N} _.-]{0,40})>/uy;
const FOREIGN_BRACES = /\{([\p{L}_][\p{L}\p{M}\p{N} _.-]{0,40})\}/uy;
const HTML = /<\\?\/[A-Za-z]|\/>|<\?xml|<!/;
/** Tags that are no names of anything that somebody could put in. */
const TAG =
  /^(?:html|head|body|div|span|br|hr|p|pre|script|style|h[1-6]|li|ul|ol|tr|td|th|xml|svg|img)$/;

//   kubectl logs <pod-name> -n prod
//                ^
function angle(
  text: string,
  at: number,
  state: TextState,
  enclosing: string,
): Mask | undefined {
  ANGLE.lastIndex = at;
  const match = ANGLE.exec(text);
  if (!match) return foreign(FOREIGN_ANGLE, text, at, 'angle');
  let end = ANGLE.lastIndex;
  const [whole, inner] = match;
  const doubled = whole.startsWith('<<');
  if (doubled && !whole.endsWith('>>')) return undefined;
  if (!doubled && whole.endsWith('>>')) {
    if (state === 'plain') return undefined;
    end -= 1;
  }
  const before = text[at - 1] ?? ' ';
  const after = text[end] ?? ' ';
  if (state === 'plain') {
    if (before === '<' || after === '(' || after === '&') return undefined;
    if (looksLikeRedirections(inner, before, after)) return undefined;
  } else {
    if (
      HTML.test(
        state === 'heredoc' || state === 'heredoc-quoted'
          ? lineAround(text, at)
          : enclosing,
      )
    )
      return undefined;
    if (/[A-Za-z0-9)]/.test(before) && inner.includes(' ')) return undefined;
    if (
      /\b(?:and|or|AND|OR)\b/.test(inner) &&
      /[\s'"A-Za-z0-9]/.test(before) &&
      / /.test(inner) &&
      /[0-9]/.test(after)
    )
      return undefined;
    if (TAG.test(inner)) return undefined;
    // (?<name>...) of a regular expression
    if (before === '?') return undefined;
  }
  if (/[A-Za-z]/.test(before) && /^[A-Z][a-z]/.test(inner)) return undefined;
  const named = CHOICE.test(inner) ? nameOfValueAt(text, at) : undefined;
  return maskAt(text, at, end, named ?? inner, 'angle');
}

/** Words that are not ASCII stand in no redirection and no brace group. */
function foreign(
  pattern: RegExp,
  text: string,
  at: number,
  form: 'angle' | 'braces',
): Mask | undefined {
  pattern.lastIndex = at;
  const inner = pattern.exec(text)?.[1];
  return inner !== undefined && /[^\p{ASCII}]/u.test(inner)
    ? maskAt(text, at, at + inner.length + 2, inner, form)
    : undefined;
}

//   sort <in.txt>out.txt
//        ^
function looksLikeRedirections(
  inner: string,
  before: string,
  after: string,
): boolean {
  if (!/\s/.test(before) || !/[A-Za-z0-9_]/.test(after)) return false;
  return !/[\s_A-Z-]/.test(inner);
}

function lineAround(text: string, at: number): string {
  const start = Math.max(text.lastIndexOf('\n', at) + 1, at - 200);
  const end = text.indexOf('\n', at);
  return text.slice(start, Math.min(end < 0 ? text.length : end, at + 200));
}

const DOUBLE_BRACES =
  /\{\{\s*([A-Za-z_][A-Za-z0-9_-]*(?: [A-Za-z][A-Za-z0-9_-]*){0,4})\s*\}\}/y;
const SINGLE_BRACES = /\{([A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*)\}/y;
//   kubectl logs {pod name}
const WORDS_IN_BRACES =
  /\{([A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z][A-Za-z0-9_-]*){1,4})\}/y;
const TEMPLATE_WORDS = new Set([
  'end',
  'else',
  'range',
  'if',
  'with',
  'define',
  'block',
  'template',
  'break',
  'continue',
  'json',
  'println',
  'printf',
  'next',
  'exit',
  'print',
  'getline',
]);
const GO_TEMPLATE =
  /\{\{-?\s*(?:[.$(]|range\b|end\b|if\b|with\b|else\b|json\b|println\b|printf?\b)/;

//   curl https://{{host}}/api/{tenant}/health
//                ^            ^
function braces(
  text: string,
  at: number,
  state: TextState,
  enclosing: string,
): Mask | undefined {
  DOUBLE_BRACES.lastIndex = at;
  const double = DOUBLE_BRACES.exec(text);
  if (double) {
    if (TEMPLATE_WORDS.has(double[1].split(' ')[0])) return undefined;
    if (state !== 'plain' && GO_TEMPLATE.test(enclosing)) return undefined;
    return maskAt(text, at, DOUBLE_BRACES.lastIndex, double[1], 'braces');
  }
  SINGLE_BRACES.lastIndex = at;
  const single = SINGLE_BRACES.exec(text);
  if (!single)
    return (
      wordsInBraces(text, at, state) ??
      foreign(FOREIGN_BRACES, text, at, 'braces')
    );
  if (TEMPLATE_WORDS.has(single[1])) return undefined;
  const before = text[at - 1] ?? ' ';
  const after = text[SINGLE_BRACES.lastIndex] ?? ' ';
  if (/[$%@{#\\]/.test(before) || after === '}') return undefined;
  if (state === 'single' && /\s/.test(enclosing)) return undefined;
  if (state !== 'plain' && /jsonpath|\{\.|\{range|\{end\}/.test(enclosing))
    return undefined;
  if (state === 'heredoc' || state === 'heredoc-quoted') return undefined;
  return maskAt(text, at, SINGLE_BRACES.lastIndex, single[1], 'braces');
}

function wordsInBraces(
  text: string,
  at: number,
  state: TextState,
): Mask | undefined {
  if (state !== 'plain' || !/[\s/:=@-]/.test(text[at - 1] ?? ' '))
    return undefined;
  WORDS_IN_BRACES.lastIndex = at;
  const inner = WORDS_IN_BRACES.exec(text)?.[1];
  return inner === undefined || TEMPLATE_WORDS.has(inner.split(' ')[0])
    ? undefined
    : maskAt(text, at, at + inner.length + 2, inner, 'braces');
}

const SHORT_NAMES = new Set(
  'pod node name host port user env app tag ns ip id key file path team zone date time url repo job pvc svc'.split(
    ' ',
  ),
);
/** What is put into the name of a file: `report-[YYYYMMDD].json`. */
const STAMP =
  /^(?:YYYY[-_]?MM[-_]?DD|DATE|TIMESTAMP|[A-Z]{2,}(?:_[A-Z]{2,})+)$/;
const BRACKETS = /\[([A-Za-z][A-Za-z0-9]*(?:[ _./-]+[A-Za-z0-9]+){0,7})\]/y;

//   kubectl logs [pod name] -n prod
//                ^
function brackets(
  text: string,
  at: number,
  state: TextState,
  enclosing: string,
): Mask | undefined {
  BRACKETS.lastIndex = at;
  const match = BRACKETS.exec(text);
  if (!match) return undefined;
  const inner = match[1];
  const before = text[at - 1] ?? ' ';
  const after = text[BRACKETS.lastIndex] ?? ' ';
  const words = inner.split(/[ _./-]+/);
  if (
    words.length === 1
      ? inner.length < 5 &&
        !SHORT_NAMES.has(inner.toLowerCase()) &&
        !/^[A-Z]{2,}$/.test(inner)
      : words.some(word => word.length < 2)
  )
    return undefined;
  if (state === 'plain') {
    if (/[-_.]/.test(before) && STAMP.test(inner))
      return maskAt(text, at, BRACKETS.lastIndex, inner, 'brackets');
    if (!/[\s=/:@]/.test(before) || !/[\s;|&)/:@.,=]/.test(after))
      return undefined;
    return maskAt(text, at, BRACKETS.lastIndex, inner, 'brackets');
  }
  const alone = enclosing.slice(1, -1) === match[0];
  if (!alone || words.length < 2) return undefined;
  return maskAt(text, at, BRACKETS.lastIndex, inner, 'brackets');
}

const KEBAB_VARIABLE = /\$\{([a-z][a-z0-9]*(?:-[a-z0-9]+)+)\}/y;
//   kubectl logs ${your pod name here}
//                ^ no shell takes that
const WORDS_VARIABLE =
  /\$\{([A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9_-]+){1,6})\}/y;

//   kubectl logs ${pod-name}
//                ^
function kebabVariable(
  text: string,
  at: number,
  state: TextState,
): Mask | undefined {
  if (state === 'single' || state === 'heredoc-quoted') return undefined;
  KEBAB_VARIABLE.lastIndex = at;
  const match = KEBAB_VARIABLE.exec(text);
  if (!match) {
    WORDS_VARIABLE.lastIndex = at;
    const words = WORDS_VARIABLE.exec(text)?.[1];
    return words === undefined
      ? undefined
      : maskAt(text, at, at + words.length + 3, words, 'braces');
  }
  if (text.lastIndexOf(`${match[1].split('-')[0]}=`, at) >= 0) return undefined;
  return maskAt(text, at, KEBAB_VARIABLE.lastIndex, match[1], 'braces');
}

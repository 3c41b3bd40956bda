import {
  CST,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  parseDocument,
  Scalar,
  type Node,
  type YAMLMap,
} from 'yaml';
import { hasAgreedEscapes, isAgreedWord } from './agreedScalar';

/** What one document says, or the first place in it that is not on the list. */
export type AgreedYaml =
  | { kind: 'value'; value: unknown }
  | { kind: 'odd'; at: number; because: string };

type Odd = Omit<Extract<AgreedYaml, { kind: 'odd' }>, 'kind'>;

/** The marks that may stand in a document. Others are tags, anchors, aliases, directives and keys in two parts. */
const MARKS = new Set<string | null>([
  'space',
  'comment',
  'newline',
  'doc-mode',
  'seq-item-ind',
  'map-value-ind',
  'flow-map-start',
  'flow-map-end',
  'flow-seq-start',
  'flow-seq-end',
  'comma',
  'single-quoted-scalar',
  'double-quoted-scalar',
]);
const BLOCK_HEADER = /^[|>][-+]?$/;
const MAX_DEPTH = 100;
const NO_YAML = 'what is no plain YAML';

/**
 * Reads one document of YAML of which all readers make the same: maps, lists, words in their plain form, texts in
 * quotes with common escapes, and blocks. No tag, anchor, alias, merge, directive, key in two parts or key twice, and
 * tabs only in blocks and comments. Never throws. Linear.
 */
export function agreedYaml(text: string): AgreedYaml {
  try {
    const odd = oddMark(text);
    if (odd) return { kind: 'odd', ...odd };
    const document = parseDocument(text, {
      version: '1.1',
      logLevel: 'silent',
      // Quoting the place of each error takes time with the square of their number.
      prettyErrors: false,
      // Each key of a map would be compared with all others; they are looked at below.
      uniqueKeys: false,
    });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem)
      return {
        kind: 'odd',
        at: problem.pos[0],
        because: NO_YAML,
      };
    const { contents } = document;
    if (isScalar(contents) && contents.source !== '')
      return {
        kind: 'odd',
        ...oddAt(contents, 'a text in place of an object'),
      };
    const found = oddNode(contents, false, 0);
    return found
      ? { kind: 'odd', ...found }
      : { kind: 'value', value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    return { kind: 'odd', at: 0, because: 'what cannot be read' };
  }
}

/** The first mark of a text that is not on the list. */
function oddMark(text: string): Odd | undefined {
  let at = 0;
  let block: string | undefined;
  let before: string | null = null;
  const tokens = [...new Lexer().lex(text)];
  // kubectl ends the last line of a manifest and not that of a patch, which a block would tell.
  const isOpen = !text.endsWith('\n');
  const end = text.trimEnd().length;
  for (const [index, token] of tokens.entries()) {
    const type: string | null =
      before === 'scalar' ? 'text' : CST.tokenType(token);
    const because =
      type === 'text'
        ? oddText(token, block, isOpen && at + token.length >= end)
        : oddToken(token, type, before, tokens[index + 1]);
    if (because !== undefined) return { at, because };
    if (type === 'block-scalar-header') block = token;
    if (type === 'text') block = undefined;
    if (type !== 'scalar' && type !== 'doc-mode') at += token.length;
    if (type !== 'space') before = type;
  }
  return undefined;
}

/** Of what stands between quotes, marks and line ends, and of all of a block. */
function oddText(
  token: string,
  block: string | undefined,
  isOpen: boolean,
): string | undefined {
  if (block === undefined) return token.includes('\t') ? 'a tab' : undefined;
  return isOpen && !block.endsWith('-')
    ? 'a block without an end of its last line'
    : undefined;
}

function oddToken(
  token: string,
  type: string | null,
  before: string | null,
  next: string | undefined,
): string | undefined {
  if (type === 'scalar' || type === 'comment') return undefined;
  if (type === 'block-scalar-header')
    return BLOCK_HEADER.test(token)
      ? undefined
      : 'a block that says how far it is indented';
  if (type === 'flow-error-end') return NO_YAML;
  if (!MARKS.has(type)) return `the mark '${token.slice(0, 20)}'`;
  if (token.includes('\t')) return 'a tab';
  if (type === 'double-quoted-scalar' && !hasAgreedEscapes(token))
    return 'an escape that not every reader knows';
  const endsKey =
    type !== 'map-value-ind' ||
    /quoted/.test(before ?? '') ||
    next === undefined ||
    /^[ \n]/.test(next);
  return endsKey ? undefined : 'a colon without a space';
}

/** The first node of a document that is not on the list. */
function oddNode(
  node: unknown,
  inFlow: boolean,
  depth: number,
): Odd | undefined {
  if (node === null) return undefined;
  if (depth > MAX_DEPTH) return oddAt(node, 'too many levels');
  if (isScalar(node)) return oddScalar(node, inFlow);
  if (isMap(node)) return oddMap(node, inFlow || node.flow === true, depth);
  if (!isSeq(node)) return oddAt(node, 'what cannot be read');
  const isFlow = inFlow || node.flow === true;
  return firstOf(node.items, one => oddNode(one, isFlow, depth + 1));
}

function oddMap(map: YAMLMap, inFlow: boolean, depth: number): Odd | undefined {
  const keys = new Set<string>();
  return firstOf(map.items, ({ key, value }) => {
    if (!isScalar(key) || value === null)
      return oddAt(key, 'a key without a value, or one that is no word');
    const odd = oddKey(key, inFlow);
    if (odd) return odd;
    const name = String(key.value);
    if (keys.has(name))
      return oddAt(key, `the key '${name}', which stands twice`);
    keys.add(name);
    return oddNode(value, inFlow, depth + 1);
  });
}

/** A key is a text, or a whole number, as which kubectl takes it for the text. */
function oddKey(key: Scalar, inFlow: boolean): Odd | undefined {
  const { value, source = '' } = key;
  const isName = typeof value === 'string' && value !== '<<';
  const isNumber = Number.isSafeInteger(value) && String(value) === source;
  if (!isName && !isNumber) return oddAt(key, `the key '${source}'`);
  return source.includes('\n')
    ? oddAt(key, 'a key on two lines')
    : oddScalar(key, inFlow);
}

function oddScalar(node: Scalar, inFlow: boolean): Odd | undefined {
  const { type, source = '' } = node;
  switch (type) {
    case Scalar.QUOTE_SINGLE:
    case Scalar.QUOTE_DOUBLE:
    case Scalar.BLOCK_LITERAL:
    case Scalar.BLOCK_FOLDED:
      return undefined;
    default:
      return isAgreedWord(source, node.value, inFlow)
        ? undefined
        : oddAt(
            node,
            `'${source.slice(
              0,
              40,
            )}' without quotes, which not every reader takes alike`,
          );
  }
}

function oddAt(node: unknown, because: string): Odd {
  return { at: (node as Node | null)?.range?.[0] ?? 0, because };
}

function firstOf<Item>(
  items: readonly Item[],
  find: (item: Item) => Odd | undefined,
): Odd | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { RegExpParser } from '@eslint-community/regexpp';
import ts from 'typescript';

/**
 * The patterns that the product looks into other people's text with, and for each the texts that keep it busiest: what
 * stands before something that repeats without end, again and again, so that each place begins to look anew.
 *
 * ESLint sees where a pattern backtracks into itself, and not where `print[^\n]*>` looks to the end of the text from
 * every `print`; so each pattern is tried.
 */

/** @typedef {{ file: string, line: number, pattern: RegExp }} FoundPattern */

/**
 * Every pattern that is written out in a file that is shipped, once.
 *
 * @param {string} root
 * @returns {FoundPattern[]}
 */
export function patternsOf(root) {
  const found = new Map();
  for (const file of shippedFiles(root)) {
    const source = ts.createSourceFile(
      file,
      readFileSync(path.join(root, file), 'utf8'),
      ts.ScriptTarget.Latest,
    );
    visit(source, node => {
      if (node.kind !== ts.SyntaxKind.RegularExpressionLiteral) return;
      if (found.has(node.text)) return;
      const { line } = source.getLineAndCharacterOfPosition(node.pos);
      found.set(node.text, { file, line: line + 1, pattern: read(node.text) });
    });
  }
  return [...found.values()];
}

/**
 * What to repeat so that a pattern looks far from many places: for each repetition without end, the shortest text that
 * leads to it, alone and with what it repeats.
 *
 * @param {RegExp} pattern
 * @returns {{ before: string, piece: string }[]}
 */
export function attacksOn(pattern) {
  const { alternatives } = new RegExpParser().parsePattern(
    pattern.source,
    0,
    pattern.source.length,
    { unicode: pattern.unicode, unicodeSets: pattern.unicodeSets },
  );
  const attacks = [];
  for (const { lead, quantifier } of endless(alternatives, '')) {
    const again = sampleOf(quantifier.element);
    for (const [before, piece] of [
      ['', lead],
      ['', lead + again],
      [lead, again],
      ['', `${lead} `],
      ['', `${lead}${again} `],
      ['', `\n${lead}${again}`],
      ['', again],
    ]) {
      if (piece) attacks.push({ before, piece });
    }
  }
  return attacks;
}

function shippedFiles(root) {
  return readdirSync(path.join(root, 'plugins'), {
    recursive: true,
    withFileTypes: true,
  })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter(file => /^plugins\/[^/]+\/src\/.*\.tsx?$/.test(file))
    .filter(file => !/\.(test|cases)\.|\/testUtils\//.test(file));
}

function visit(node, see) {
  see(node);
  ts.forEachChild(node, child => visit(child, see));
}

function read(literal) {
  const end = literal.lastIndexOf('/');
  return new RegExp(literal.slice(1, end), literal.slice(end + 1));
}

/** Each repetition without end, with the text that leads to it. */
function* endless(alternatives, before) {
  for (const { elements } of alternatives) {
    let lead = before;
    for (const element of elements) {
      if (element.type === 'Quantifier') {
        if (element.max === Infinity) yield { lead, quantifier: element };
        yield* within(element.element, lead);
      } else {
        yield* within(element, lead);
      }
      lead += sampleOf(element);
    }
  }
}

function* within(element, lead) {
  if (element.alternatives) yield* endless(element.alternatives, lead);
}

/** A short text that an element matches, as far as it can be told from itself. */
function sampleOf(element) {
  switch (element.type) {
    case 'Character':
      return String.fromCodePoint(element.value);
    case 'CharacterSet':
      return ofSet(element);
    case 'CharacterClass':
      return ofClass(element);
    case 'Quantifier':
      return sampleOf(element.element).repeat(Math.min(element.min, 3));
    case 'Group':
    case 'CapturingGroup':
      return element.alternatives[0].elements.map(sampleOf).join('');
    default:
      return '';
  }
}

const LIKELY = ['a', '1', ' ', '\n', '-', '.', '/', '=', '"', '(', '_', 'é'];

function ofSet(set) {
  if (set.kind === 'any') return 'a';
  return LIKELY.find(sign => new RegExp(set.raw, 'u').test(sign)) ?? 'a';
}

function ofClass({ raw, elements, negate }) {
  const whole = new RegExp(raw, raw.includes('\\p') ? 'u' : '');
  const first = LIKELY.find(sign => whole.test(sign));
  if (first !== undefined || negate) return first ?? '';
  const [element] = elements;
  switch (element.type) {
    case 'CharacterClassRange':
      return sampleOf(element.min);
    default:
      return sampleOf(element);
  }
}

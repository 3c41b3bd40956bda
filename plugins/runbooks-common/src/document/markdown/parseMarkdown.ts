import type { Root } from 'mdast';
import type { DocumentProblem } from '../model';
import { capNesting, MAX_NESTING } from './capNesting';
import { maskExcessMarkers, unmaskTree } from './excessMarkers';
import { withoutMkDocsBlocks } from './mkdocsBlocks';
import { parseTree } from './parseTree';
import { takeFrontMatter, type FrontMatter } from './frontMatter';
import { mendFences } from './mendFences';
import { hideNestedFences, showFences } from './nestedFences';

/** Longest document that is read; a longer one is refused with a problem. */
export const MAX_DOCUMENT_CHARACTERS = 1024 * 1024;

/** A document as a tree whose nodes know their place in `source`. */
export interface ParsedMarkdown {
  root: Root;
  /** The text that the positions of the tree refer to: line ends are `\n`, front matter is blank. */
  source: string;
  /** The same with the front matter, split at line ends; for counting and showing. */
  lines: string[];
  frontMatter?: FrontMatter;
  problems: DocumentProblem[];
}

/**
 * Parses Markdown with GitHub's extensions. Never throws: a document that is too large or that the parser cannot
 * take is an empty tree and a problem.
 */
export function parseMarkdown(markdown: string): ParsedMarkdown {
  const text = markdown.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const lines = text.split('\n');
  if (text.length > MAX_DOCUMENT_CHARACTERS) {
    return {
      root: { type: 'root', children: [] },
      source: text,
      lines,
      problems: [
        {
          line: 1,
          column: 1,
          code: 'document-too-large',
          severity: 'error',
          message: `The document has ${text.length} characters; expected at most ${MAX_DOCUMENT_CHARACTERS}`,
          suggestion: 'Divide it into several documents.',
        },
      ],
    };
  }
  const { body, frontMatter } = takeFrontMatter(text);
  const { text: source, cappedLine } = capNesting(withoutMkDocsBlocks(body));
  const problems: DocumentProblem[] = [];
  if (frontMatter?.unreadable) {
    problems.push({
      line: 1,
      column: 1,
      code: 'unreadable-front-matter',
      severity: 'warning',
      message: `The front matter is not valid YAML: ${firstLine(
        frontMatter.unreadable,
      )}`,
      suggestion: 'Quote values that hold ": " or begin with a special sign.',
    });
  }
  if (cappedLine !== undefined) {
    problems.push({
      line: cappedLine,
      column: 1,
      code: 'nesting-too-deep',
      severity: 'warning',
      message: `Quotes or lists nest deeper than ${MAX_NESTING} levels here; deeper markers are not read`,
    });
  }
  return { ...readTree(source, problems), source, lines, frontMatter };
}

function readTree(
  source: string,
  problems: DocumentProblem[],
): { root: Root; problems: DocumentProblem[] } {
  try {
    const nested = hideNestedFences(source);
    const { text, isMasked } = maskExcessMarkers(nested.text);
    const root = mendFences(parseTree(text), text);
    showFences(root, nested.lines);
    const line = isMasked ? unmaskTree(root) : undefined;
    return line === undefined
      ? { root, problems }
      : { root, problems: [...problems, tooManyMarkers(line)] };
  } catch (error) {
    return {
      root: { type: 'root', children: [] },
      problems: [
        ...problems,
        {
          line: 1,
          column: 1,
          code: 'unreadable-markdown',
          severity: 'error',
          message: `The Markdown could not be read: ${
            error instanceof Error ? firstLine(error.message) : String(error)
          }`,
        },
      ],
    };
  }
}

function tooManyMarkers(line: number): DocumentProblem {
  return {
    line,
    column: 1,
    code: 'too-many-markers',
    severity: 'warning',
    message:
      'One paragraph or table holds so many brackets or signs of emphasis that the rest of them are read as plain text',
    suggestion:
      'Divide the text with blank lines, or put it into a code block.',
  };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0];
}

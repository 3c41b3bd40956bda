import type { Nodes } from 'mdast';
import type { ParsedMarkdown } from '../markdown/parseMarkdown';
import { placeOf, plainText } from '../markdown/plainText';
import type { DocumentProblem, Procedure } from '../model';
import { sectionsWithin, type Section } from '../sections/sectionTree';
import type { BlockReading, BlockReadings } from '../steps/blockReadings';
import { lineOfOffset, lineStartsOf } from '../../lineOfOffset';
import { headingAnchors } from './headingAnchors';

/** Everything that a rule may look at. */
export interface ProblemInput {
  parsed: ParsedMarkdown;
  tree: Section;
  blocks: BlockReadings;
  procedures: readonly Procedure[];
}

const RULES: Array<(input: ProblemInput) => DocumentProblem[]> = [
  unclosedFences,
  shellProblems,
  mislabelledBlocks,
  placeholdersWithoutPlace,
  stepsOnlyByHand,
  emptySections,
  duplicateTitles,
  danglingAnchors,
  withoutProcedure,
];

/** Finds what a writer should mend. Each rule is documented in `docs/lint-rules.md` under its code. */
export function findProblems(input: ProblemInput): DocumentProblem[] {
  return RULES.flatMap(rule => rule(input));
}

/**
 * ````text
 * ```bash
 * ^ never closed: the rest of the document is in it
 * ````
 */
function unclosedFences({ blocks, parsed }: ProblemInput): DocumentProblem[] {
  return blocks.all
    .filter(({ node }) => isUnclosed(node, parsed.lines))
    .map(({ node }) => ({
      ...placeOf(node),
      code: 'unclosed-fence',
      severity: 'error',
      message: `The code block that begins on line ${
        placeOf(node).line
      } is never closed; ${whereItEnds(node, parsed.lines)}`,
      suggestion: 'Close it with a line of the same marks.',
    }));
}

function whereItEnds(
  node: BlockReading['node'],
  lines: readonly string[],
): string {
  const last = node.position?.end.line ?? lines.length;
  return lines.slice(last).every(line => line.trim() === '')
    ? 'everything below it is read as code'
    : `it is taken to end on line ${last}`;
}

function isUnclosed(
  node: BlockReading['node'],
  lines: readonly string[],
): boolean {
  const { start, end } = node.position ?? {};
  if (!start || !end) return false;
  const opening = /^(`{3,}|~{3,})/.exec(
    (lines[start.line - 1] ?? '').slice(start.column - 1),
  )?.[1];
  if (opening === undefined) return false;
  if (start.line === end.line) return true;
  const last = (lines[end.line - 1] ?? '').replace(/^[\s>]*/, '').trimEnd();
  return !(
    last.length >= opening.length &&
    [...last].every(char => char === opening[0])
  );
}

/** Text among commands that is rightly not run. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'output-left-out',
  'not-shell-left-out',
]);

/** What the shell reader found in a block, at its place in the document. */
function shellProblems({ blocks }: ProblemInput): DocumentProblem[] {
  return blocks.all
    .filter(({ block }) => block.shell)
    .flatMap(found => {
      const starts = lineStartsOf(found.node.value);
      return found.reading.problems.map(problem => {
        const line = lineOfOffset(starts, problem.start);
        return {
          line: found.textLine + line - 1,
          column: problem.start - starts[line - 1] + 1,
          code: problem.code,
          severity: LEFT_OUT.has(problem.code)
            ? ('note' as const)
            : ('warning' as const),
          message: problem.message,
        };
      });
    });
}

const SHELL_LANGUAGES =
  /^(?:ba|z|k|da|a)?sh$|^(?:shell|console|terminal|shell-?session|shellscript|commandline|cmd|bash-session)$/i;
const OTHER_THAN_SHELL =
  /^(?:yaml|yml|json|text|txt|plaintext|sql|promql|python|go|java|xml|toml|ini|hcl|markdown|md|diff|mermaid|html|js|ts|javascript|typescript|ruby|powershell|dockerfile|makefile|properties|nginx|http|graphql|css|csv|log|output|none|conf|config)$/i;

/** A fence that says `bash` and holds something else, or one with a word that nobody knows and shell inside. */
function mislabelledBlocks({ blocks }: ProblemInput): DocumentProblem[] {
  return blocks.all.flatMap(({ block, reading, node }): DocumentProblem[] => {
    if (block.language === '') return [];
    if (SHELL_LANGUAGES.test(block.language)) {
      if (
        block.shell ||
        block.text.trim() === '' ||
        reading.otherwise === 'comment'
      )
        return [];
      return [
        {
          ...placeOf(node),
          code: 'not-shell',
          severity: 'note',
          message: `The block is labelled "${block.language}" and holds ${
            reading.otherwise ?? 'no command'
          }; it is not run`,
          suggestion: `Label it for what it is, such as "${
            reading.otherwise ?? 'text'
          }".`,
        },
      ];
    }
    if (!block.shell || OTHER_THAN_SHELL.test(block.language)) return [];
    return [
      {
        ...placeOf(node),
        code: 'unknown-language',
        severity: 'note',
        message: `"${block.language}" is no language that is known; the block reads like shell and is treated as such`,
        suggestion: 'Label it "bash".',
      },
    ];
  });
}

function placeholdersWithoutPlace({
  procedures,
}: ProblemInput): DocumentProblem[] {
  return allSteps(procedures).flatMap(step =>
    step.placeholders
      .filter(({ place }) => place === 'none')
      .map(use => ({
        line: step.line,
        column: 1,
        code: 'placeholder-without-place',
        severity: 'warning' as const,
        message: `${use.written} in step "${
          step.title
        }" stands where no value can be put: ${
          use.because ?? 'it would become part of the command itself'
        }`,
        suggestion: 'Write it as an argument, or as a variable in quotes.',
      })),
  );
}

function stepsOnlyByHand({ procedures }: ProblemInput): DocumentProblem[] {
  return allSteps(procedures)
    .filter(
      step =>
        step.manualBecause !== undefined &&
        step.interactive !== undefined &&
        step.interactive.remedy === undefined,
    )
    .map(step => ({
      line: step.line,
      column: 1,
      code: 'step-only-by-hand',
      severity: 'note',
      message: `Step "${step.title}" can only be done by hand: ${step.manualBecause}`,
    }));
}

/** A heading with nothing below it. */
function emptySections({ tree }: ProblemInput): DocumentProblem[] {
  return sectionsWithin(tree)
    .filter(section => section.form === 'heading' && section.flow.length === 0)
    .map(section => ({
      line: section.line,
      column: section.column,
      code: 'empty-section',
      severity: 'note',
      message: `Nothing stands below "${section.written}"`,
      suggestion: 'Write what belongs there, or take the heading out.',
    }));
}

function duplicateTitles({ procedures }: ProblemInput): DocumentProblem[] {
  const first = new Map<string, Procedure>();
  return procedures.flatMap(procedure => {
    const key = [...procedure.context, procedure.title]
      .join('\n')
      .toLowerCase();
    const before = first.get(key);
    if (!before) {
      first.set(key, procedure);
      return [];
    }
    return [
      {
        line: procedure.line,
        column: 1,
        code: 'duplicate-title',
        severity: 'warning' as const,
        message: `"${procedure.title}" is already the title of a procedure on line ${before.line}; links and history tell them apart only by their order`,
        suggestion: 'Give one of them another title.',
      },
    ];
  });
}

/** A link inside the document to a heading that is not there. */
function danglingAnchors({ parsed, tree }: ProblemInput): DocumentProblem[] {
  const anchors = headingAnchors(tree, parsed.source);
  const problems: DocumentProblem[] = [];
  const visit = (node: Nodes): void => {
    if (
      node.type === 'link' &&
      node.url.startsWith('#') &&
      node.url.length > 1
    ) {
      const anchor = decoded(node.url.slice(1));
      if (!anchors.has(anchor.toLowerCase())) {
        problems.push({
          ...placeOf(node),
          code: 'dangling-anchor',
          severity: 'note',
          message: `"${plainText(
            node,
          )}" links to #${anchor}, and no heading has that anchor`,
        });
      }
    }
    if ('children' in node) node.children.forEach(visit);
  };
  visit(parsed.root);
  return problems;
}

function withoutProcedure({
  procedures,
  parsed,
}: ProblemInput): DocumentProblem[] {
  if (
    procedures.length > 0 ||
    parsed.problems.some(({ severity }) => severity === 'error')
  )
    return [];
  return [
    {
      line: 1,
      column: 1,
      code: 'no-procedure',
      severity: 'note',
      message:
        'Nothing in this document can be started: it holds no commands, checklist or numbered procedure',
    },
  ];
}

function allSteps(procedures: readonly Procedure[]) {
  return procedures.flatMap(({ phases }) =>
    phases.flatMap(({ steps }) => steps),
  );
}

function decoded(anchor: string): string {
  try {
    return decodeURIComponent(anchor);
  } catch {
    return anchor;
  }
}

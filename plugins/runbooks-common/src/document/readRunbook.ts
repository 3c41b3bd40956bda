import { readFacts } from './facts/readFacts';
import { parseMarkdown, type ParsedMarkdown } from './markdown/parseMarkdown';
import type { Procedure, Runbook } from './model';
import { documentTitle } from './sections/documentTitle';
import { findProcedures } from './procedures/findProcedures';
import type { ProcedureOutline } from './procedures/outline';
import { readProcedure } from './procedures/readProcedure';
import { makeSectionFacts } from './procedures/sectionFacts';
import { slugOf, UniqueIds } from './procedures/slug';
import { capProblems } from './problems/capProblems';
import { findProblems } from './problems/findProblems';
import { promisesObserveOnly } from './sections/observeOnly';
import { buildSectionTree, type Section } from './sections/sectionTree';
import { BlockReadings } from './steps/blockReadings';

/**
 * Reads a Markdown document as a runbook: its procedures with phases, steps and parameters, and the facts around
 * them (owner, contacts, alerts, escalation).
 *
 * Pure and deterministic. Never throws on content: what cannot be read is in `problems`, with its line. Time grows
 * with the length of the text; documents over 1 MiB are refused with a problem.
 *
 * @param path - path inside the repository; names the document where nothing else does
 * @public
 */
export function readRunbook(markdown: string, path: string): Runbook {
  const parsed = parseMarkdown(markdown);
  try {
    return readParsed(parsed, path);
  } catch (error) {
    return unreadable(parsed, path, error);
  }
}

function readParsed(parsed: ParsedMarkdown, path: string): Runbook {
  const blocks = BlockReadings.of(parsed.root);
  const tree = buildSectionTree(parsed.root);
  const { title, top } = documentTitle(tree, parsed.frontMatter, path);
  const observeOnly = promisesObserveOnly(top) || promisesObserveOnly(tree);
  const outlines = findProcedures(top, makeSectionFacts(blocks, tree));
  const ids = new Map<ProcedureOutline, string>();
  const unique = new UniqueIds();
  for (const outline of outlines) {
    ids.set(outline, unique.give(idOf(outline, top)));
  }
  const defaults = documentDefaults(blocks);
  const read = outlines.map(outline =>
    readProcedure(outline, {
      id: ids.get(outline)!,
      title: outline.title,
      documentTitle: title,
      observeOnly: observeOnly || isWithinObserveOnly(outline.section),
      blocks,
      source: parsed.source,
      defaults,
    }),
  );
  const procedures = read.map(({ procedure }, index) =>
    linked(procedure, outlines[index], outlines, ids),
  );
  const facts = readFacts(tree, top, outlines, parsed);
  return {
    path,
    title,
    metadata: facts.metadata,
    observeOnly,
    procedures,
    blocks: blocks.all.map(({ block }) => block),
    contacts: facts.contacts,
    escalation: facts.escalation,
    rotations: facts.rotations,
    channels: facts.channels,
    alerts: facts.alerts,
    severities: facts.severities,
    thresholds: facts.thresholds,
    dashboards: facts.dashboards,
    problems: capProblems([
      ...parsed.problems,
      ...read.flatMap(({ problems }) => problems),
      ...findProblems({ parsed, tree, blocks, procedures }),
    ]),
  };
}

function idOf(outline: ProcedureOutline, top: Section): string {
  if (outline.section === top) return slugOf(top.title);
  return [...outline.context, outline.section]
    .map(section => slugOf(section.title))
    .join('--');
}

function isWithinObserveOnly(section: Section): boolean {
  for (let at: Section | undefined = section; at; at = at.parent) {
    if (at.form !== 'document' && promisesObserveOnly(at)) return true;
  }
  return false;
}

function linked(
  procedure: Procedure,
  outline: ProcedureOutline,
  outlines: readonly ProcedureOutline[],
  ids: ReadonlyMap<ProcedureOutline, string>,
): Procedure {
  const rollback = outlines.find(
    ({ section }) => section === outline.rollbackSection,
  );
  const rollbackProcedureId = rollback && ids.get(rollback);
  return rollbackProcedureId
    ? { ...procedure, rollbackProcedureId }
    : procedure;
}

/** Literals that the document exports anywhere; of two for one name the first counts. */
function documentDefaults(blocks: BlockReadings): Map<string, string> {
  const defaults = new Map<string, string>();
  for (const { reading } of blocks.all) {
    for (const use of reading.placeholders) {
      if (
        use.form === 'export' &&
        use.default !== undefined &&
        !defaults.has(use.parameter)
      ) {
        defaults.set(use.parameter, use.default);
      }
    }
  }
  return defaults;
}

/** A fault of the reader itself: the document is shown with this one problem, and others are not hidden by it. */
function unreadable(
  parsed: ParsedMarkdown,
  path: string,
  error: unknown,
): Runbook {
  return {
    path,
    title: path.split('/').at(-1) ?? path,
    metadata: { other: {} },
    observeOnly: false,
    procedures: [],
    blocks: [],
    contacts: [],
    escalation: [],
    rotations: [],
    channels: [],
    alerts: [],
    severities: [],
    thresholds: [],
    dashboards: [],
    problems: [
      ...parsed.problems,
      {
        line: 1,
        column: 1,
        code: 'unreadable-markdown',
        severity: 'error',
        message: `The document could not be understood: ${
          error instanceof Error ? error.message : String(error)
        }`,
      },
    ],
  };
}

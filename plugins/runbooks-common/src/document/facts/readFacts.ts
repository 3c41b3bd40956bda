import type { ParsedMarkdown } from '../markdown/parseMarkdown';
import type { Runbook } from '../model';
import type { ProcedureOutline } from '../procedures/outline';
import {
  ownNodes,
  sectionsWithin,
  type Section,
} from '../sections/sectionTree';
import { readAlerts } from './alerts';
import { readChannels } from './channels';
import { readContacts } from './contacts';
import { readDashboards } from './dashboards';
import { readEscalation } from './escalation';
import { entriesIn, metadataOf, type MetadataEntry } from './metadata';
import { factOf } from './metadataKeys';
import { readRotations } from './rotations';
import { readSeverities } from './severities';
import { readThresholds } from './thresholds';

/** The facts of a document that are not steps. */
export type DocumentFacts = Pick<
  Runbook,
  | 'metadata'
  | 'contacts'
  | 'escalation'
  | 'rotations'
  | 'channels'
  | 'alerts'
  | 'severities'
  | 'thresholds'
  | 'dashboards'
>;

/** Reads the facts from all sections, wherever they stand. */
export function readFacts(
  tree: Section,
  top: Section,
  outlines: readonly ProcedureOutline[],
  parsed: ParsedMarkdown,
): DocumentFacts {
  const sections = sectionsWithin(tree);
  return {
    metadata: readDocumentMetadata(sections, tree, top, outlines, parsed),
    contacts: readContacts(sections),
    escalation: readEscalation(sections),
    rotations: readRotations(sections),
    channels: readChannels(sections),
    alerts: readAlerts(sections),
    severities: readSeverities(sections),
    thresholds: readThresholds(sections),
    dashboards: readDashboards(sections),
  };
}

/** Facts that a document says of itself anywhere, and not only below its title. */
const OF_DOCUMENT: ReadonlySet<string> = new Set([
  'owner',
  'version',
  'lastUpdated',
  'reviewSchedule',
  'nextReview',
]);

/**
 * Facts of the document: from front matter, from below the title, and from the end or a "Document control" table;
 * those inside a procedure are the procedure's own.
 */
function readDocumentMetadata(
  sections: readonly Section[],
  tree: Section,
  top: Section,
  outlines: readonly ProcedureOutline[],
  parsed: ParsedMarkdown,
) {
  const ofProcedures = new Set(
    outlines
      .filter(({ section }) => section !== top)
      .flatMap(({ section }) => sectionsWithin(section)),
  );
  const front: MetadataEntry[] = Object.entries(
    parsed.frontMatter?.entries ?? {},
  )
    .filter(([key]) => key.toLowerCase() !== 'title')
    .map(([key, value]) => ({ key, value }));
  const first = [tree, top].flatMap(section => entriesIn(ownNodes(section)));
  const rest = sections
    .filter(
      section =>
        section !== tree && section !== top && !ofProcedures.has(section),
    )
    .flatMap(section => [...asEntry(section), ...entriesIn(ownNodes(section))])
    .filter(({ key }) => OF_DOCUMENT.has(factOf(key) ?? ''));
  const atEnd = trailingEntries(sections);
  return metadataOf([...front, ...first, ...rest, ...atEnd]);
}

/** The last lines of a document are about it even where they stand below the last procedure. */
function trailingEntries(sections: readonly Section[]): MetadataEntry[] {
  const last = sections[sections.length - 1];
  const nodes = last ? ownNodes(last) : [];
  const lastBreak = nodes.findLastIndex(({ type }) => type === 'thematicBreak');
  return entriesIn(lastBreak === -1 ? [] : nodes.slice(lastBreak)).filter(
    ({ key }) => OF_DOCUMENT.has(factOf(key) ?? ''),
  );
}

/** `## Owner` with one line below it. */
function asEntry(section: Section): MetadataEntry[] {
  if (section.form !== 'heading' || factOf(section.title) === undefined)
    return [];
  const [first] = ownNodes(section);
  if (first?.type !== 'paragraph' || first.children[0]?.type !== 'text')
    return [];
  const value = first.children[0].value.split('\n')[0].trim();
  return value.length > 0 && value.length <= 80 && first.children.length === 1
    ? [{ key: section.title, value }]
    : [];
}

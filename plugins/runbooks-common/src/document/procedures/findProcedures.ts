import { assertNever } from '../../assertNever';
import { roleOf, roleWithin, type SectionRole } from '../sections/phaseRoles';
import { namesFault, subjectKindOf } from '../sections/procedureKinds';
import { holdsDuties } from '../sections/sectionClass';
import { contextOf, ownNodes, type Section } from '../sections/sectionTree';
import { collectParts, type Extent } from './collectParts';
import type { OutlinePart, ProcedureOutline } from './outline';
import { headingsBelow, type SectionFacts } from './sectionFacts';
import { qualifiedTitle } from './qualifiedTitle';
import { visibleHeadings } from './sectionView';
import { standingOf } from './standing';

/**
 * Finds the parts of a document that a person would start on their own.
 *
 * A section is a procedure when it holds something to run or to follow and its headings are parts of one whole
 * ("Diagnosis", "Step 2", "Rollback"); where its headings have subjects of their own ("Canary deployment", "High
 * latency") it is only the context of the procedures below it.
 *
 * ```text
 * # Payments                      context of all
 * ## Common incidents             context: kind and heading path
 * ### Incident: High error rate   a procedure
 * **Symptoms**: ...               its symptoms
 * #### Diagnosis                  a phase
 * ```
 */
export function findProcedures(
  top: Section,
  facts: SectionFacts,
): ProcedureOutline[] {
  return visit(top, { top, facts, inherited: [] });
}

interface Surroundings {
  /** The section whose heading is the document's title. */
  top: Section;
  facts: SectionFacts;
  /** Parts written above for every procedure below: shared prerequisites, escalation. */
  inherited: OutlinePart[];
}

function visit(section: Section, around: Surroundings): ProcedureOutline[] {
  const { facts, top } = around;
  const standing = standingOf(section, section === top, facts);
  switch (standing.is) {
    case 'hidden':
      return holdsDuties(section.title)
        ? headingsBelow(section).flatMap(child => visit(child, around))
        : [];
    case 'nothing':
      return [];
    case 'procedure':
      return [
        outlineOf(section, around, { without: standing.satellites }),
        ...[...standing.satellites].flatMap(child => visit(child, around)),
      ];
    case 'collection':
      return visitCollection(section, standing.topics, around);
    default:
      return assertNever(standing);
  }
}

function visitCollection(
  section: Section,
  topics: Section[],
  around: Surroundings,
): ProcedureOutline[] {
  const { facts } = around;
  const children = visibleHeadings(section);
  const inherited = [
    ...around.inherited,
    ...sharedParts(section, children, topics, around),
  ];
  const below: Surroundings = { ...around, inherited };
  const found: ProcedureOutline[] = [];
  if (ownCommands(section, facts)) {
    found.push({ ...outlineOf(section, around, { ownOnly: true }) });
  }
  /** The procedure that stands right before: what only makes sense beside one belongs to it. */
  let beside: ProcedureOutline | undefined;
  const add = (child: Section): void => {
    const outlines = visit(child, below);
    const own = outlines.find(outline => outline.section === child);
    if (own) own.title = qualifiedTitle(child, topics, around.top);
    if (outlines.length > 0) beside = own;
    found.push(...outlines);
  };
  for (const child of children) {
    const role = topics.includes(child) ? undefined : roleOf(child.title);
    switch (role) {
      case 'prerequisites':
      case 'escalation':
      case 'information':
        break;
      case 'verification':
      case 'followup':
      case 'success':
      case 'expectation':
      case 'symptoms':
        {
          const owner = ownerOf(child, beside, found);
          if (owner) owner.parts.push(...partsBeside(child, role));
          else add(child);
        }
        break;
      case 'rollback':
        if (standingOf(child, false, facts).is !== 'nothing') {
          linkRollback(found, child);
          add(child);
        } else if (beside) beside.parts.push(...partsBeside(child, role));
        break;
      default:
        add(child);
    }
  }
  return found;
}

/**
 * The procedure that a verification or a follow-up belongs to: the one that it names, else the one right before it.
 * "Post-deployment checklist" belongs to the deployment, however many headings stand between them; "Health checks" are
 * made at any time and belong to none.
 */
function ownerOf(
  { title }: Section,
  beside: ProcedureOutline | undefined,
  found: readonly ProcedureOutline[],
): ProcedureOutline | undefined {
  if (/^(?:\p{L}+ )?health[- ]?checks?$/iu.test(title)) return undefined;
  // Of "Post-deployment tasks" and of "Backup verification" the word that says of what.
  const of = /^(?:post[- ]|after (?:an? |the )?)?(\p{L}{4,})\b(?= |$)/iu.exec(
    title,
  );
  const kind = of && of[0] !== title ? subjectKindOf(of[1]) : undefined;
  if (!kind || kind === 'check') return beside;
  return found.findLast(outline => subjectKindOf(outline.title) === kind);
}

/** Commands right under the heading of a collection are a procedure with its name. */
function ownCommands(section: Section, facts: SectionFacts): boolean {
  return facts.ownRunnable(section) && ownNodes(section).length > 0;
}

/** A rollback beside a deployment is its last phase, and a procedure of its own. */
function linkRollback(found: ProcedureOutline[], rollback: Section): void {
  for (const outline of found) {
    const undoable =
      subjectKindOf(outline.title) === 'deploy' &&
      !outline.parts.some(({ role }) => role === 'rollback');
    if (!undoable) continue;
    outline.rollbackSection = rollback;
    outline.parts.push(
      ...partsBeside(rollback, 'rollback').map(part => ({
        ...part,
        shared: true as const,
      })),
    );
  }
}

/** The parts of a section that stands beside a procedure and belongs to it. */
function partsBeside(section: Section, role: SectionRole): OutlinePart[] {
  return collectParts(section, role).map(part => ({ ...part, isBody: false }));
}

/** Prerequisites that stand before several procedures are those of each; an escalation beside them too. */
function sharedParts(
  section: Section,
  children: Section[],
  topics: Section[],
  around: Surroundings,
): OutlinePart[] {
  return children
    .filter(child => !topics.includes(child))
    .flatMap(child => {
      const role = roleOf(child.title);
      const isShared =
        role === 'prerequisites' ||
        (role === 'escalation' && section !== around.top);
      return isShared
        ? collectParts(child, role).map(part => ({
            ...part,
            isBody: false,
            shared: true as const,
          }))
        : [];
    });
}

function outlineOf(
  section: Section,
  around: Surroundings,
  extent: Extent = {},
): ProcedureOutline {
  const own = collectParts(section, bodyRole(section), extent);
  const before = around.inherited.filter(
    part => part.role === 'prerequisites' && isAskedOf(section, part, around),
  );
  const after = around.inherited.filter(({ role }) => role !== 'prerequisites');
  return {
    section,
    title: section.title,
    context: contextOf(section, around.top),
    parts: [...before, ...own, ...after],
  };
}

/**
 * Tools and access are needed by every procedure; checks that are run before the work are not run when something is
 * broken.
 */
function isAskedOf(
  section: Section,
  part: OutlinePart,
  { facts }: Surroundings,
): boolean {
  const isFault =
    namesFault(section.title) ||
    contextOf(section).some(({ title }) => roleOf(title) === 'investigation');
  return !isFault || !facts.deepRunnable(part.section);
}

/** A section that stands alone as "Rollback procedure" holds rollback steps; any other holds steps. */
function bodyRole(section: Section): SectionRole {
  const role = roleWithin(section.title);
  return role === 'rollback' ||
    role === 'verification' ||
    role === 'investigation'
    ? role
    : 'steps';
}

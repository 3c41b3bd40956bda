import { roleOf, roleWithin, type SectionRole } from '../sections/phaseRoles';
import { subjectKindOf } from '../sections/procedureKinds';
import {
  classOfSection,
  holdsDuties,
  namesCollection,
} from '../sections/sectionClass';
import { contextOf, ownNodes, type Section } from '../sections/sectionTree';
import { collectParts } from './collectParts';
import { stepHeadings } from './numberedHeadings';
import { namesOneProcedure } from './namesOneProcedure';
import type { OutlinePart, ProcedureOutline } from './outline';
import { headingsBelow, type SectionFacts } from './sectionFacts';

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
  const { facts } = around;
  if (section !== around.top && classOfSection(section.title) === 'hidden') {
    return holdsDuties(section.title)
      ? headingsBelow(section).flatMap(child => visit(child, around))
      : [];
  }
  const children = headingsBelow(section).filter(
    child =>
      classOfSection(child.title) !== 'hidden' || holdsDuties(child.title),
  );
  const steps = new Set(stepHeadings(section, children, facts));
  const others = children.filter(child => !steps.has(child));
  const isBound = isBoundTogether(section, others, around);
  const topics = others.filter(
    child => isTopic(child, isBound, facts) && isProcedureLike(child, facts),
  );
  if (topics.length === 0) {
    const startable =
      facts.ownRunnable(section) ||
      children.some(child => facts.deepRunnable(child)) ||
      facts.isFollowed(section);
    return startable ? [outlineOf(section, around)] : [];
  }
  return holdTogether(section, topics, others, steps.size, around)
    ? [outlineOf(section, around)]
    : visitCollection(section, children, topics, around);
}

/** A heading with a subject of its own, or one that says "Troubleshooting" and holds several such subjects. */
function isTopic(
  section: Section,
  isBound: boolean,
  facts: SectionFacts,
): boolean {
  const role = roleOf(section.title);
  if (role === undefined) return true;
  if (role === 'information') return false;
  return isContainer(section, isBound, facts);
}

function isContainer(
  section: Section,
  isBound: boolean,
  facts: SectionFacts,
): boolean {
  const subjects = headingsBelow(section).filter(
    child => roleOf(child.title) === undefined && isProcedureLike(child, facts),
  );
  if (subjects.some(child => facts.hasStructure(child))) return true;
  const isBook =
    !isBound && subjects.length >= 2 && !facts.ownRunnable(section);
  if (isBook && stepHeadings(section, subjects, facts).length === 0)
    return true;
  return (
    subjects.length > 0 &&
    namesCollection(section.title) &&
    stepHeadings(section, subjects, facts).length === 0
  );
}

function isProcedureLike(section: Section, facts: SectionFacts): boolean {
  return facts.deepRunnable(section) || anyFollowed(section, facts);
}

function anyFollowed(section: Section, facts: SectionFacts): boolean {
  return (
    facts.isFollowed(section) ||
    headingsBelow(section).some(child => anyFollowed(child, facts))
  );
}

/** Roles that only make sense inside one procedure. */
const BINDING: ReadonlySet<SectionRole> = new Set([
  'symptoms',
  'success',
  'expectation',
  'verification',
  'investigation',
]);

/** Headings that only make sense beside the steps of one procedure, or a title that names one. */
function isBoundTogether(
  section: Section,
  headings: Section[],
  around: Surroundings,
): boolean {
  return (
    namesOneProcedure(section, section === around.top) ||
    headings.some(child => {
      const role = roleOf(child.title);
      const binds = role !== undefined && BINDING.has(role);
      return (
        binds &&
        !headingsBelow(child).some(below => around.facts.hasStructure(below))
      );
    })
  );
}

function holdTogether(
  section: Section,
  topics: Section[],
  others: Section[],
  stepCount: number,
  around: Surroundings,
): boolean {
  const { facts } = around;
  if (stepCount >= 2) return true;
  if (topics.some(topic => isUnderOwnName(topic, facts))) return false;
  const isOne = namesOneProcedure(section, section === around.top);
  if (!isOne && topics.some(topic => holdsSubjects(topic, facts))) return false;
  const roles = others
    .filter(child => !topics.includes(child))
    .map(child => ({ child, role: roleOf(child.title) }));
  const hasBody = roles.some(
    ({ child, role }) => role === 'steps' && facts.deepRunnable(child),
  );
  if (hasBody) return true;
  if (namesCollection(section.title)) return false;
  if (isSingleSubject(section, topics, around)) return false;
  const kinds = new Set(
    topics.flatMap(topic => subjectKindOf(topic.title) ?? []),
  );
  if (kinds.size >= 2) return false;
  if (roles.some(({ role }) => role !== undefined && BINDING.has(role))) {
    return true;
  }
  return isOne;
}

/** A topic that is a procedure whatever stands around it: it has parts, or procedures, of its own. */
function isUnderOwnName(topic: Section, facts: SectionFacts): boolean {
  if (facts.hasStructure(topic)) return true;
  return headingsBelow(topic).some(
    child => facts.hasStructure(child) && isProcedureLike(child, facts),
  );
}

/** A topic with two subjects below it is a chapter. */
function holdsSubjects(topic: Section, facts: SectionFacts): boolean {
  const subjects = headingsBelow(topic).filter(
    child => roleOf(child.title) === undefined && isProcedureLike(child, facts),
  );
  return (
    subjects.length >= 2 && stepHeadings(topic, subjects, facts).length === 0
  );
}

/** "Initial setup" with one "Setup procedure" below it: the procedure has the better name. */
function isSingleSubject(
  section: Section,
  topics: Section[],
  around: Surroundings,
): boolean {
  return (
    topics.length === 1 &&
    section !== around.top &&
    !around.facts.ownRunnable(section) &&
    /\b(?:procedure|process|runbook|playbook)$/i.test(topics[0].title)
  );
}

function visitCollection(
  section: Section,
  children: Section[],
  topics: Section[],
  around: Surroundings,
): ProcedureOutline[] {
  const { facts } = around;
  const inherited = [
    ...around.inherited,
    ...sharedParts(section, children, topics, around),
  ];
  const below: Surroundings = { ...around, inherited };
  const found: ProcedureOutline[] = [];
  if (ownCommands(section, facts)) {
    found.push({ ...outlineOf(section, around, 'own') });
  }
  for (const child of children) {
    const role = topics.includes(child) ? undefined : roleOf(child.title);
    const last = found.at(-1);
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
        if (last) last.parts.push(...partsBeside(child, role));
        else found.push(...visit(child, below));
        break;
      case 'rollback': {
        const rollbacks = visit(child, below);
        if (rollbacks.length > 0) linkRollback(found, child);
        found.push(...rollbacks);
        break;
      }
      default:
        found.push(...visit(child, below));
    }
  }
  return found;
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
  extent: 'all' | 'own' = 'all',
): ProcedureOutline {
  const own = collectParts(section, bodyRole(section), extent);
  const before = around.inherited.filter(
    ({ role }) => role === 'prerequisites',
  );
  const after = around.inherited.filter(({ role }) => role !== 'prerequisites');
  return {
    section,
    title: section.title,
    context: contextOf(section, around.top),
    parts: [...before, ...own, ...after],
  };
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

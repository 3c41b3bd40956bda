import { roleOf, type SectionRole } from '../sections/phaseRoles';
import {
  classOfSection,
  holdsDuties,
  namesCollection,
} from '../sections/sectionClass';
import type { Section } from '../sections/sectionTree';
import { namesOneProcedure } from './namesOneProcedure';
import { stepHeadings } from './numberedHeadings';
import { headingsBelow, type SectionFacts } from './sectionFacts';

/** A section seen from above: its headings sorted by what they are to it. */
export interface SectionView {
  section: Section;
  isTop: boolean;
  facts: SectionFacts;
  children: Section[];
  /** Headings that count its steps: "Step 2: Drain". */
  steps: Section[];
  /** Headings with a subject of their own and something to follow. */
  topics: Section[];
  /** The other headings: phases ("Diagnosis"), text. */
  phases: Section[];
  namesOne: boolean;
}

/** Sorts the headings of a section. */
export function viewOf(
  section: Section,
  isTop: boolean,
  facts: SectionFacts,
): SectionView {
  const children = visibleHeadings(section);
  const steps = stepHeadings(section, children, facts);
  const others = children.filter(child => !steps.includes(child));
  const namesOne = namesOneProcedure(section, isTop);
  const isBound = namesOne || others.some(child => binds(child, facts));
  const topics = others.filter(
    child => isTopic(child, isBound, facts) && isProcedureLike(child, facts),
  );
  const phases = others.filter(child => !topics.includes(child));
  return {
    section,
    isTop,
    facts,
    children,
    steps,
    topics,
    phases,
    namesOne,
  };
}

/** Headings below a section that may be run or hold what may be run. */
export function visibleHeadings(section: Section): Section[] {
  return headingsBelow(section).filter(
    child =>
      classOfSection(child.title) !== 'hidden' || holdsDuties(child.title),
  );
}

/** Roles that only make sense inside one procedure. */
export const BINDING: ReadonlySet<SectionRole> = new Set([
  'symptoms',
  'success',
  'expectation',
  'verification',
  'investigation',
]);

/** A heading with a subject of its own, or one that says "Troubleshooting" and holds several such subjects. */
function isTopic(
  section: Section,
  isBound: boolean,
  facts: SectionFacts,
): boolean {
  const role = roleOf(section.title);
  if (role === undefined) return true;
  return role !== 'information' && isContainer(section, role, isBound, facts);
}

function isContainer(
  section: Section,
  role: SectionRole,
  isBound: boolean,
  facts: SectionFacts,
): boolean {
  const subjects = subjectsBelow(section, facts);
  if (subjects.some(child => facts.hasStructure(child))) return true;
  // What is done before or after the work is a phase, however it is divided: "Immediate", "Within a week".
  if (role === 'prerequisites' || role === 'followup') return false;
  if (!isBound && subjects.length >= 2 && !facts.ownRunnable(section)) {
    return true;
  }
  return subjects.length > 0 && namesCollection(section.title);
}

/** Headings below a section with subjects of their own: no steps, no phases, and something to follow. */
export function subjectsBelow(
  section: Section,
  facts: SectionFacts,
): Section[] {
  const headings = headingsBelow(section);
  const steps = stepHeadings(section, headings, facts);
  return headings.filter(
    child =>
      !steps.includes(child) &&
      roleOf(child.title) === undefined &&
      isProcedureLike(child, facts),
  );
}

export function isProcedureLike(
  section: Section,
  facts: SectionFacts,
): boolean {
  return facts.deepRunnable(section) || anyFollowed(section, facts);
}

function anyFollowed(section: Section, facts: SectionFacts): boolean {
  return (
    facts.isFollowed(section) ||
    headingsBelow(section).some(child => anyFollowed(child, facts))
  );
}

function binds(child: Section, facts: SectionFacts): boolean {
  const role = roleOf(child.title);
  return (
    role !== undefined &&
    BINDING.has(role) &&
    !headingsBelow(child).some(below => facts.hasStructure(below))
  );
}

/** A topic that is a procedure whatever stands around it: it has parts, or procedures, of its own. */
export function isUnderOwnName(topic: Section, facts: SectionFacts): boolean {
  return (
    facts.hasStructure(topic) ||
    headingsBelow(topic).some(
      child => facts.hasStructure(child) && isProcedureLike(child, facts),
    )
  );
}

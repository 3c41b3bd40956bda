import { isImperative, namesAction } from '../sections/imperative';
import { roleOf } from '../sections/phaseRoles';
import { namesFault } from '../sections/procedureKinds';
import { classOfSection, namesCollection } from '../sections/sectionClass';
import type { Section } from '../sections/sectionTree';
import { headingsBelow, type SectionFacts } from './sectionFacts';
import { withoutBracketAtEnd } from '../../text/bracketAtEnd';

const STEP_WORDS: ReadonlySet<string> = new Set([
  'step',
  'phase',
  'stage',
  'part',
  'task',
  'option',
  'method',
  'way',
]);

/**
 * Those of a section's headings that are steps of one procedure and not chapters of a book.
 *
 * ```text
 * ## Step 1: Drain      step by its word
 * ## 0) Identify ...    step: counted, and most of its sisters begin with a verb
 * ## 1. Overview        chapter: one of its sisters is "Contacts" or "Troubleshooting"
 * ```
 */
export function stepHeadings(
  section: Section,
  headings: Section[],
  facts: SectionFacts,
): Section[] {
  const worded = headings.filter(({ ordinalWord }) =>
    STEP_WORDS.has(ordinalWord ?? '-'),
  );
  if (worded.length >= 2) return worded;
  const counted = headings.filter(
    ({ ordinalWord, ordinal }) => ordinalWord === '' && ordinal?.length === 1,
  );
  if (counted.length >= 2 && areSteps(section, counted, facts)) return counted;
  return worded.filter(({ ordinalWord }) => ordinalWord !== 'way');
}

/** "Option 2: ...", "Via the console": one of several ways to do the same. */
export function isChoice({ ordinalWord }: Section): boolean {
  return (
    ordinalWord === 'option' ||
    ordinalWord === 'method' ||
    ordinalWord === 'way'
  );
}

/**
 * The heading beside a section that its number puts above it; undefined where none stands there.
 *
 * ```text
 * ## 5. Troubleshooting
 * ## 5.1 Jobs wait for ever      below 5, whatever its level
 * ```
 */
export function numberedAbove(section: Section): Section | undefined {
  const { ordinal, parent } = section;
  if (!parent || ordinal === undefined || ordinal.length < 2) return undefined;
  const above = ordinal.slice(0, -1).join('.');
  return headingsBelow(parent).find(
    beside => beside !== section && beside.ordinal?.join('.') === above,
  );
}

function areSteps(
  section: Section,
  counted: Section[],
  facts: SectionFacts,
): boolean {
  if (counted.some(isChapter)) return false;
  if (
    counted.some(heading => facts.hasStructure(heading) && holdsParts(heading))
  ) {
    return false;
  }
  if (areAlternatives(counted)) return false;
  // What the headings say cannot be told: below a chapter, numbers count steps.
  const isBare = !counted.some(heading => facts.hasStructure(heading));
  if (!facts.knowsVerbs && section.level >= 2 && isBare) return true;
  const actions = counted.filter(({ title }) => namesAction(title)).length;
  if (actions / counted.length >= 0.6 && !namesCollection(section.title)) {
    return true;
  }
  if (counted.every(({ title }) => isImperative(title) || roleOf(title))) {
    return !namesCollection(section.title);
  }
  return (
    !namesCollection(section.title) &&
    (namesFault(section.title) || namesAction(section.title))
  );
}

/** "Validate (staging)" and "Validate (production)", or one fault after the other: one or the other is done. */
function areAlternatives(counted: Section[]): boolean {
  const bare = counted.map(({ title }) => withoutBracketAtEnd(title));
  return (
    new Set(bare).size < bare.length || bare.every(title => namesFault(title))
  );
}

function isChapter(heading: Section): boolean {
  return (
    classOfSection(heading.title) !== undefined ||
    headingsBelow(heading).some(({ ordinal }) => (ordinal?.length ?? 0) > 1) ||
    (namesCollection(heading.title) && headingsBelow(heading).length > 1)
  );
}

/** A numbered heading with its own symptoms, rollback or prerequisites is a procedure, not a step. */
function holdsParts(heading: Section): boolean {
  return heading.flow.some(item => {
    if (item.kind !== 'section') return false;
    if (isChoice(item.section)) return false;
    const role = roleOf(item.section.title);
    return (
      role === 'symptoms' || role === 'rollback' || role === 'prerequisites'
    );
  });
}

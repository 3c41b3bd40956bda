import { roleOf } from '../sections/phaseRoles';
import { namesFault, subjectKindOf } from '../sections/procedureKinds';
import { classOfSection, namesCollection } from '../sections/sectionClass';
import type { Section } from '../sections/sectionTree';
import type { SectionFacts } from './sectionFacts';
import {
  isProcedureLike,
  subjectsBelow,
  viewOf,
  type SectionView,
} from './sectionView';
import { RULES } from './standingRules';

/**
 * What a section is for a person who looks for something to start.
 *
 * - `procedure`: started as a whole. What stands below it are its parts, but for its satellites: procedures that are
 *   written inside it and are not part of it ("Troubleshooting" with three faults at the end of a deployment).
 * - `collection`: only holds procedures; its topics are those of its headings with a subject of their own.
 * - `hidden`: nothing in it is ever run.
 * - `nothing`: text.
 */
export type Standing =
  | { is: 'procedure'; satellites: ReadonlySet<Section>; because: string }
  | { is: 'collection'; topics: Section[]; because: string }
  | { is: 'hidden' }
  | { is: 'nothing' };

/**
 * Tells what a section is, by what its headings say and by what stands below them. The rules are those of
 * `standingRules.ts`, in their order; `because` is the rule that decided.
 *
 * @param isTop - the section carries the document's title, which must say more to name one piece of work
 */
export function standingOf(
  section: Section,
  isTop: boolean,
  facts: SectionFacts,
): Standing {
  if (!isTop && classOfSection(section.title) === 'hidden') {
    return { is: 'hidden' };
  }
  const view = viewOf(section, isTop, facts);
  if (view.topics.length === 0) {
    const named = onlyNamedPhase(view);
    if (named) {
      return {
        is: 'collection',
        topics: [named],
        because: 'the only heading with work says more than its own title',
      };
    }
    return isStartable(view)
      ? procedure(new Set(), 'none of its headings has a subject of its own')
      : { is: 'nothing' };
  }
  const satellites = new Set(
    view.topics.filter(topic => isSatellite(topic, view)),
  );
  const rule = RULES.find(({ holds }) => holds(view, satellites));
  return rule?.is === 'one' && hasOwnWork(view, satellites)
    ? procedure(satellites, rule.because)
    : {
        is: 'collection',
        topics: view.topics,
        because:
          rule?.is === 'many' ? rule.because : 'its headings have subjects',
      };
}

function procedure(
  satellites: ReadonlySet<Section>,
  because: string,
): Standing {
  return { is: 'procedure', satellites, because };
}

/** "Payments" whose only work stands below "Recovery": that is what a person starts. */
function onlyNamedPhase({
  section,
  phases,
  steps,
  facts,
}: SectionView): Section | undefined {
  if (subjectKindOf(section.title) || namesFault(section.title)) {
    return undefined;
  }
  if (facts.ownRunnable(section) || steps.length > 0) return undefined;
  const told = phases.filter(({ title }) => roleOf(title) !== 'information');
  const [only, ...more] = told;
  return only && more.length === 0 && subjectKindOf(only.title)
    ? only
    : undefined;
}

function isStartable({ section, children, facts }: SectionView): boolean {
  return (
    facts.ownRunnable(section) ||
    children.some(child => facts.deepRunnable(child)) ||
    facts.isFollowed(section)
  );
}

/** Stands inside a procedure without being a part of it: a chapter of other subjects, or a fault with its remedy. */
function isSatellite(topic: Section, { facts }: SectionView): boolean {
  if (namesFault(topic.title) && facts.hasStructure(topic)) return true;
  const subjects = subjectsBelow(topic, facts);
  if (subjects.length === 0) return false;
  if (subjects.every(({ title }) => namesFault(title))) return true;
  const role = roleOf(topic.title);
  return (
    subjects.length >= 2 &&
    (namesCollection(topic.title) ||
      role === 'steps' ||
      role === 'investigation')
  );
}

/** Without its satellites there is still something to start. */
function hasOwnWork(
  { section, children, facts }: SectionView,
  satellites: ReadonlySet<Section>,
): boolean {
  return (
    facts.ownRunnable(section) ||
    children.some(
      child => !satellites.has(child) && isProcedureLike(child, facts),
    )
  );
}

import { isImperative } from '../sections/imperative';
import { roleOf, type SectionRole } from '../sections/phaseRoles';
import { namesFault, subjectKindOf } from '../sections/procedureKinds';
import { namesCollection } from '../sections/sectionClass';
import { namesWork } from '../sections/namesWork';
import type { Section } from '../sections/sectionTree';
import { saysProcedure } from './namesOneProcedure';
import { stepHeadings } from './numberedHeadings';
import { headingsBelow, type SectionFacts } from './sectionFacts';
import {
  BINDING,
  isUnderOwnName,
  subjectsBelow,
  type SectionView,
} from './sectionView';

/** A reason why a section whose headings have subjects is one procedure, or a collection of them. */
export interface Rule {
  is: 'one' | 'many';
  because: string;
  holds(view: SectionView, satellites: ReadonlySet<Section>): boolean;
}

/** "Verification" beside the steps; not "Backup verification", which has a subject that the section has not. */
function isPhaseOf(section: Section, { title }: Section): boolean {
  const role = roleOf(title);
  if (role === undefined || !BINDING.has(role)) return false;
  const kind = subjectKindOf(title);
  return (
    kind === undefined ||
    kind === 'check' ||
    kind === 'troubleshoot' ||
    kind === subjectKindOf(section.title)
  );
}

/** Roles of headings that hold one phase, however it is divided. */
const PHASES_ONLY: ReadonlySet<SectionRole> = new Set([
  'prerequisites',
  'verification',
  'followup',
  'success',
]);

const CASE_WORDS: ReadonlySet<string> = new Set([
  'scenario',
  'case',
  'type',
  'incident',
  'issue',
  'problem',
]);

/** "Scenario A: one disk is lost": what may happen, one or the other. */
function isCase({ ordinalWord, title }: Section): boolean {
  return (
    CASE_WORDS.has(ordinalWord ?? '-') ||
    /^(?:escenario|scénario|szenario|cenário|caso|cas|fall|场景|情况)\s*(?:\d|\p{Lu}\b)/iu.test(
      title,
    )
  );
}

/** Whether a section with topics is one procedure or a collection of them; the first rule that holds decides. */
export const RULES: readonly Rule[] = [
  {
    is: 'one',
    because: 'its headings count its steps',
    holds: ({ steps }) => steps.length >= 2,
  },
  {
    is: 'one',
    because: 'its title names a phase',
    holds: ({ section, isTop }) =>
      !isTop && PHASES_ONLY.has(roleOf(section.title) ?? 'information'),
  },
  {
    is: 'many',
    because: 'its headings are cases',
    holds: ({ topics }) => topics.filter(isCase).length >= 2,
  },
  {
    is: 'many',
    because: 'a heading below it has a procedure of its own',
    holds: ({ topics, facts }) =>
      topics.some(topic => holdsProcedure(topic, facts)),
  },
  {
    is: 'one',
    because: 'its title says that it is a procedure',
    holds: ({ section }) => saysProcedure(section),
  },
  {
    is: 'one',
    because: 'its title names a round that is made as a whole',
    holds: ({ section, topics, facts }) =>
      isRound(section.title) &&
      !topics.some(topic => isUnderOwnName(topic, facts)),
  },
  {
    is: 'one',
    because: 'its headings are the phases of one procedure',
    holds: hasSpine,
  },
  {
    is: 'one',
    because: 'its headings are the actions of one piece of work',
    holds: isSequence,
  },
  {
    is: 'one',
    because: 'its steps stand below a heading that names no work of its own',
    holds: holdsStepsBelow,
  },
  {
    is: 'many',
    because: 'a heading below it has parts of its own',
    holds: ({ topics, facts }) =>
      topics.some(topic => isUnderOwnName(topic, facts)),
  },
  {
    is: 'many',
    because: 'a heading below it is a chapter',
    holds: ({ topics, facts, namesOne }) =>
      !namesOne && topics.some(topic => subjectsBelow(topic, facts).length > 1),
  },
  {
    is: 'many',
    because: 'its headings name different kinds of work',
    holds: ({ topics, namesOne }) => !namesOne && kindsOf(topics).size >= 2,
  },
  {
    is: 'one',
    because: 'one of its headings holds the steps',
    holds: ({ phases, facts }) =>
      phases.some(
        ({ title }, index) =>
          roleOf(title) === 'steps' &&
          !isChapterWord(title) &&
          subjectKindOf(title) === undefined &&
          facts.deepRunnable(phases[index]),
      ),
  },
  {
    is: 'many',
    because: 'its title names a set of things',
    holds: ({ section }) => namesCollection(section.title),
  },
  {
    is: 'many',
    because: 'the only heading below it has the better name',
    holds: isSingleSubject,
  },
  {
    is: 'many',
    because: 'its title names no work and its headings do',
    holds: ({ section, phases }) =>
      !namesWork(section.title) && !rolesOf(phases).includes('symptoms'),
  },
  {
    is: 'one',
    because: 'it has headings that only make sense beside steps',
    holds: ({ section, phases }) =>
      phases.some(phase => isPhaseOf(section, phase)),
  },
  {
    is: 'one',
    because: 'its title names one piece of work',
    holds: ({ namesOne }) => namesOne,
  },
];

/**
 * The headings are phases of one procedure: one of them says that it holds the steps ("Rollback steps",
 * "Resolution"), another stands beside it, and nothing else is of another kind or has parts of its own.
 */
function hasSpine(
  { phases, topics, facts }: SectionView,
  satellites: ReadonlySet<Section>,
): boolean {
  const bodies = phases.filter(
    child => isStepsTitle(child.title) && facts.deepRunnable(child),
  );
  if (bodies.length === 0) return false;
  const roles = new Set(rolesOf(phases).filter(role => role !== 'information'));
  const rest = topics.filter(topic => !satellites.has(topic));
  return (
    roles.size >= 2 &&
    !rest.some(topic => isUnderOwnName(topic, facts)) &&
    worksOf([...rest, ...bodies]).size <= 1
  );
}

/** "Manual failover" with "When to trigger it" and "Procedure" below it. */
function holdsProcedure(topic: Section, facts: SectionFacts): boolean {
  return headingsBelow(topic).some(
    child =>
      /^(?:the )?(?:procedure|steps|instructions)$/i.test(child.title) &&
      facts.deepRunnable(child),
  );
}

/** "Weekly maintenance", "Morning checks": made from the first heading to the last; not "Daily operations". */
function isRound(title: string): boolean {
  return (
    /^(?:daily|weekly|bi-?weekly|monthly|quarterly|yearly|annual|nightly|hourly|morning|evening|(?:start|end)[- ]of[- ](?:day|week|month|shift))\b/i.test(
      title,
    ) &&
    /\b(?:maintenance|checks?|reviews?|routine|inspection|rounds?|audit)$/i.test(
      title,
    )
  );
}

/**
 * "Manual deployment" over "Build the image", "Push it" and "Update the service": done one after the other. Not
 * "Scaling" over "Scale up" and "Scale down", nor "Database tasks" over anything.
 */
function isSequence({ section, topics, phases, facts }: SectionView): boolean {
  const kind = subjectKindOf(section.title);
  if (kind !== 'deploy' && kind !== 'setup' && kind !== 'recovery')
    return false;
  if (
    namesCollection(section.title) ||
    /s$|\s(?:&|and|\/)\s/i.test(section.title)
  ) {
    return false;
  }
  const verbs = topics.map(({ title }) => title.split(' ')[0].toLowerCase());
  const repeats = topics.filter(({ title }) => subjectKindOf(title) === kind);
  return (
    topics.length >= 3 &&
    phases.every(({ title }) => roleOf(title) !== 'rollback') &&
    new Set(verbs).size === verbs.length &&
    repeats.length <= 1 &&
    topics.every(
      topic => isImperative(topic.title) && !isUnderOwnName(topic, facts),
    )
  );
}

/** "Secret rotation" over "Order matters", which holds "Phase 1" and "Phase 2". */
function holdsStepsBelow({ section, topics, facts }: SectionView): boolean {
  return (
    namesWork(section.title) &&
    topics.every(
      ({ title }) => subjectKindOf(title) === undefined && !namesFault(title),
    ) &&
    topics.some(
      topic => stepHeadings(topic, headingsBelow(topic), facts).length >= 2,
    )
  );
}

/** "Rollback steps", "Resolution": titles over the steps of one procedure, and never over several. */
function isStepsTitle(title: string): boolean {
  const role = roleOf(title);
  return (
    (role === 'steps' || role === 'rollback' || role === 'investigation') &&
    /\b(?:steps|phases|stages|instructions|resolution|mitigation|remediation|solution)\b|^(?:procedure|diagnosis|investigation)\b/i.test(
      title,
    )
  );
}

/** Words that are the steps of one procedure or the name of a chapter: "Recovery", "Commands". */
function isChapterWord(title: string): boolean {
  return /^(?:\p{L}+ )?(?:recovery|usage|commands|tasks|procedures|actions|responses|execution|containment|work-?arounds?)$/iu.test(
    title,
  );
}

/** "Initial setup" with one "Setup procedure" below it: the procedure has the better name. */
function isSingleSubject({
  section,
  topics,
  isTop,
  facts,
}: SectionView): boolean {
  return (
    topics.length === 1 &&
    !isTop &&
    !facts.ownRunnable(section) &&
    /\b(?:procedure|process|runbook|playbook)$/i.test(topics[0].title)
  );
}

/** Kinds of work that are not done for the sake of another: checks belong to every procedure. */
function worksOf(sections: Section[]): Set<string> {
  const kinds = kindsOf(sections);
  ['check', 'reference', 'troubleshoot'].forEach(kind => kinds.delete(kind));
  return kinds;
}

function kindsOf(sections: Section[]): Set<string> {
  return new Set(sections.flatMap(({ title }) => subjectKindOf(title) ?? []));
}

function rolesOf(sections: Section[]): SectionRole[] {
  return sections.flatMap(({ title }) => roleOf(title) ?? []);
}

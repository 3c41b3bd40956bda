import { namesAction } from '../sections/imperative';
import { roleOf } from '../sections/phaseRoles';
import { namesFault, subjectKindOf } from '../sections/procedureKinds';
import { classOfSection, namesCollection } from '../sections/sectionClass';
import type { Section } from '../sections/sectionTree';

const PERIOD =
  /^(?:daily|weekly|bi-?weekly|fortnightly|monthly|quarterly|half-?yearly|yearly|annual(?:ly)?|nightly|hourly)$/i;

/**
 * The title of a procedure, so that it says what the procedure is without the headings above it.
 *
 * ```text
 * ## Deployment            ## Maintenance tasks
 * ### Staging              ### Weekly
 *   Deployment: Staging      Weekly maintenance tasks
 * ```
 *
 * Only where the heading is a bare name, its sisters are bare names too, and the heading above names work. The
 * document's title is not repeated: it stands above all of them.
 *
 * @param sisters - the headings beside it that are procedures or hold them, itself included
 * @param top - the section that carries the document's title
 */
export function qualifiedTitle(
  section: Section,
  sisters: readonly Section[],
  top: Section,
): string {
  const { title, parent } = section;
  if (!parent || parent.form !== 'heading') return title;
  if (PERIOD.test(title)) {
    const isNoun =
      !/^(?:during|when|while|on|in|at|for|after|before)\b/i.test(
        parent.title,
      ) &&
      (namesCollection(parent.title) || isWork(parent.title));
    if (!isNoun) return title;
    return `${title} ${lowerFirst(parent.title)}`;
  }
  const isVariant =
    parent !== top &&
    sisters.length >= 2 &&
    sisters.every(isBareName) &&
    isWork(parent.title);
  return isVariant ? `${parent.title}: ${title}` : title;
}

/** "Staging", "Blue cluster", "Docker Compose": no verb, no fault, no kind of work. */
function isBareName({ title, prefix, ordinalWord }: Section): boolean {
  return (
    !prefix &&
    !ordinalWord &&
    title.split(' ').length <= 3 &&
    /^\p{Lu}/u.test(title) &&
    roleOf(title) === undefined &&
    classOfSection(title) === undefined &&
    subjectKindOf(title) === undefined &&
    !namesAction(title) &&
    !namesFault(title) &&
    !namesCollection(title)
  );
}

/** "Deployment", "Restoring the database": work that is done in several places. */
function isWork(title: string): boolean {
  const kind = subjectKindOf(title);
  return (
    !namesCollection(title) &&
    !/\s(?:&|and|\/)\s/i.test(title) &&
    (namesAction(title) ||
      kind === 'deploy' ||
      kind === 'rollback' ||
      kind === 'scale' ||
      kind === 'recovery' ||
      kind === 'setup' ||
      kind === 'maintenance')
  );
}

/** "Maintenance tasks" in the middle of a title; "AWS checks" stays as it is. */
function lowerFirst(title: string): string {
  const [first, ...rest] = title.split(' ');
  const isTitleCase =
    rest.length > 0 && rest.every(word => !/^\p{Ll}/u.test(word));
  return /^\p{Lu}\p{Ll}/u.test(first) && !isTitleCase
    ? title.charAt(0).toLowerCase() + title.slice(1)
    : title;
}

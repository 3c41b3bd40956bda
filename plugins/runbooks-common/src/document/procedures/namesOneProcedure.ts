import { namesAction } from '../sections/imperative';
import { namesFault } from '../sections/procedureKinds';
import { namesCollection } from '../sections/sectionClass';
import type { Section } from '../sections/sectionTree';

/** Verbs of titles that hold many procedures: "Managing users", "Troubleshooting the ingest". */
const MANY =
  /^(?:how to )?(?:manag|operat|administ|troubleshoot|debug|monitor|handl|maintain|understand|work|us|support|diagnos)(?:e|er|ing|ering)?\b/i;

/** "Incident response", "Issue types": about faults, and not one of them. */
const ABOUT_FAULTS =
  /\b(?:response|handling|management|types|categories|levels|prevention|overview|detection)\b/i;

/**
 * True where a title names one piece of work, so that the headings below it are its parts: "Restore the database",
 * "KubeletDown", "Release checklist"; not "Monitoring", "Backup & Recovery" or "Managing users".
 *
 * @param isDocument - the title of a document must say more: "Deploy payments" may hold all about deploying
 */
export function namesOneProcedure(
  section: Section,
  isDocument: boolean,
): boolean {
  const { title } = section;
  if (saysProcedure(section)) return true;
  if (namesCollection(title) || MANY.test(title)) return false;
  if (namesFault(title)) return !ABOUT_FAULTS.test(title);
  const words = title.split(' ').length;
  if (words < (isDocument ? 3 : 2) || /\s(?:&|and|\/)\s/i.test(title)) {
    return false;
  }
  const isMany = /^\p{L}+ing\b.*\p{Ll}s$/u.test(title) && !/ss$/.test(title);
  return namesAction(title) && !isMany;
}

/** True where a title says in so many words that it is a procedure: "Failover procedure", "SOP: Replace a disk". */
export function saysProcedure({ title, prefix }: Section): boolean {
  return (
    prefix === 'sop' ||
    prefix === 'procedure' ||
    prefix === 'how to' ||
    // "On-call guide & checklist" holds more than a checklist.
    (!/\s(?:&|and|\/)\s/i.test(title) &&
      /\b(?:procedure|process|check ?list|walk-?through|drill)$/i.test(title))
  );
}

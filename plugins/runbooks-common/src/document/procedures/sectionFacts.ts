import type { ListItem, RootContent } from 'mdast';
import { plainText } from '../markdown/plainText';
import { isInstruction } from '../sections/instruction';
import { isEnglish } from '../sections/language';
import { roleOf, type SectionRole } from '../sections/phaseRoles';
import { namesFault } from '../sections/procedureKinds';
import {
  classOfSection,
  holdsDuties,
  namesCollection,
} from '../sections/sectionClass';
import {
  childSections,
  nodesWithin,
  ownNodes,
  sectionsWithin,
  type Section,
} from '../sections/sectionTree';
import type { BlockReadings } from '../steps/blockReadings';
import { isQueryBlock } from '../steps/queryBlocks';
import { readStepTable } from '../steps/stepTables';
import {
  isCommandParagraph,
  isFollowedList,
  type ListPlace,
} from '../steps/followedLists';
import { namesWork } from '../sections/namesWork';

/** What can be said of a section by what it holds. */
export interface SectionFacts {
  /** Shell, a checklist or a numbered procedure stands in it, below labels included, below headings not. */
  ownRunnable(section: Section): boolean;
  /** The same with everything below its headings. */
  deepRunnable(section: Section): boolean;
  /** Its headings or labels name parts of a procedure: symptoms, steps, rollback, ... */
  hasStructure(section: Section): boolean;
  /** It has a body that people would follow even without a command. */
  isFollowed(section: Section): boolean;
  /** The document is written in a language whose verbs the reader knows. */
  knowsVerbs: boolean;
}

const STRUCTURE: ReadonlySet<SectionRole> = new Set([
  'symptoms',
  'prerequisites',
  'investigation',
  'steps',
  'verification',
  'rollback',
  'success',
  'expectation',
]);

const FOLLOWED: ReadonlySet<SectionRole> = new Set([
  'investigation',
  'steps',
  'verification',
  'rollback',
]);

/** @param document - the whole document: its prose tells which language the headings and lists are written in */
export function makeSectionFacts(
  blocks: BlockReadings,
  document: Section,
): SectionFacts {
  const knowsVerbs = isEnglish(proseOf(document));
  const own = new Map<Section, boolean>();
  const deep = new Map<Section, boolean>();
  const ownRunnable = (section: Section): boolean =>
    remember(own, section, () => {
      const sectionClass = classOfSection(section.title);
      if (sectionClass === 'hidden') return false;
      const place = {
        heading: section.title,
        knowsVerbs,
        hasFacts: sectionClass === 'facts',
      };
      const holdsStep = ownNodes(section).some(node =>
        isRunnable(node, blocks, place),
      );
      return holdsStep || partsBelow(section).some(ownRunnable);
    });
  const deepRunnable = (section: Section): boolean =>
    remember(deep, section, () => {
      if (classOfSection(section.title) === 'hidden') {
        return (
          holdsDuties(section.title) &&
          headingsBelow(section).some(deepRunnable)
        );
      }
      return ownRunnable(section) || childSections(section).some(deepRunnable);
    });
  return {
    knowsVerbs,
    ownRunnable,
    deepRunnable,
    hasStructure: section => structureOf(section).length > 0,
    isFollowed: section => {
      if (tellsRemedy(section)) return true;
      const roles = structureOf(section);
      return (
        roles.some(role => FOLLOWED.has(role)) &&
        (new Set([...roles, ...informationOf(section)]).size >= 2 ||
          saysFault(section)) &&
        sectionsWithin(section).some(
          part =>
            FOLLOWED.has(roleOf(part.title) as SectionRole) && hasText(part),
        )
      );
    },
  };
}

/** Labels and details below a section; headings are sections of their own. */
function partsBelow(section: Section): Section[] {
  return childSections(section).filter(({ form }) => form !== 'heading');
}

export function headingsBelow(section: Section): Section[] {
  return childSections(section).filter(({ form }) => form === 'heading');
}

function structureOf(section: Section): SectionRole[] {
  return childSections(section).flatMap(child => {
    const role = roleOf(child.title);
    return role && STRUCTURE.has(role) ? [role] : [];
  });
}

function informationOf(section: Section): string[] {
  return childSections(section)
    .map(child => child.title.toLowerCase())
    .filter(title =>
      /^(?:meaning|impact|causes?|root causes?|background)\b/.test(title),
    );
}

/** "See the service's runbook": the remedy stands elsewhere. */
const SENDS_ON = /\.md\b|\b(?:runbooks?|playbooks?|documentation)\b/i;

/** "Pods restart in a loop" below "Common incidents", with nothing but prose that says what to do. */
function tellsRemedy(section: Section): boolean {
  if (section.form !== 'heading' || !isFaultHere(section)) return false;
  return ownNodes(section).some(
    node =>
      (node.type === 'paragraph' || node.type === 'list') &&
      plainText(node)
        .split(/[.;:!?]\s+|\n/)
        .some(told => isInstruction(told) && !SENDS_ON.test(told)),
  );
}

/** A fault by its name, or by standing right below "Common incidents". */
function isFaultHere(section: Section): boolean {
  const { title, parent } = section;
  if (namesCollection(title)) return false;
  if (saysFault(section)) return isAmongFaults(section);
  return (
    parent?.form === 'heading' &&
    /\b(?:incidents|issues|problems|errors|failures|troubleshooting)$/i.test(
      parent.title,
    ) &&
    roleOf(title) === undefined &&
    classOfSection(title) === undefined
  );
}

/** A title that is a fault by its words, by its prefix, or because it quotes what people see. */
function saysFault({ title, prefix }: Section): boolean {
  return (
    (namesFault(title) && namesWork(title)) ||
    /^["“„«]/.test(title) ||
    /^(?:issue|problem|incident|symptom|error|alert)$/.test(prefix ?? '')
  );
}

const FAULTS_ABOVE =
  /\b(?:run ?books?|play ?books?|incidents?|troubleshooting|issues|problems|alerts|failures|errors|faq|scenarios|symptoms|on-?call)\b/i;

function isAmongFaults({ parent }: Section): boolean {
  for (let at = parent; at; at = at.parent) {
    if (FAULTS_ABOVE.test(at.written)) return true;
  }
  return false;
}

function hasText(section: Section): boolean {
  return ownNodes(section).length > 0 || childSections(section).some(hasText);
}

function isRunnable(
  node: RootContent,
  blocks: BlockReadings,
  place: ListPlace & { hasFacts: boolean },
): boolean {
  switch (node.type) {
    case 'code':
      return (
        blocks.holdsSteps(node) ||
        (isQueryBlock(node, blocks.get(node)?.reading) &&
          namesWork(place.heading))
      );
    case 'blockquote':
      return node.children.some(
        child => child.type === 'code' && blocks.runs(child),
      );
    case 'list':
      return (
        node.children.some(item => itemHoldsShell(item, blocks)) ||
        (!place.hasFacts && isFollowedList(node, place))
      );
    case 'paragraph':
      return !place.hasFacts && isCommandParagraph(node);
    case 'table':
      return readStepTable(node).length > 0;
    default:
      return false;
  }
}

function itemHoldsShell(item: ListItem, blocks: BlockReadings): boolean {
  return item.children.some(child => {
    if (child.type === 'code') return blocks.runs(child);
    return (
      child.type === 'list' &&
      child.children.some(inner => itemHoldsShell(inner, blocks))
    );
  });
}

function remember(
  known: Map<Section, boolean>,
  section: Section,
  find: () => boolean,
): boolean {
  const before = known.get(section);
  if (before !== undefined) return before;
  const found = find();
  known.set(section, found);
  return found;
}

function proseOf(document: Section): string {
  return nodesWithin(document)
    .filter(({ type }) => type === 'paragraph' || type === 'list')
    .map(node => plainText(node))
    .join('\n');
}

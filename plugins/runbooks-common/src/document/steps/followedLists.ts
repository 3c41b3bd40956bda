import type { List, ListItem, Paragraph } from 'mdast';
import { plainText } from '../markdown/plainText';
import { isInstruction } from '../sections/instruction';
import { inlineCommandsOf, isClearlyCommand } from './inlineCommands';
import { namesWork } from '../sections/namesWork';
import { roleOf } from '../sections/phaseRoles';

/** What is known of the place where a list stands. */
export interface ListPlace {
  /** The heading or label above it. */
  heading: string;
  /** The document is written in a language whose verbs the reader knows. */
  knowsVerbs: boolean;
}

const WORK_HEADING =
  /\b(?:procedure|response|steps|process|checklist|how to|runbook|instructions)\b/i;

/**
 * True where a person would follow a list from its first item to its last: tick boxes, numbered instructions, and
 * bullets of instructions under a heading that names a piece of work.
 *
 * ```text
 * ## Rotate the signing key        the heading names work
 * - Update the key in the vault    instructions: followed
 * ## Design rules
 * - Use short-lived tokens         instructions all the same, but rules: not followed
 * ```
 */
export function isFollowedList(list: List, place: ListPlace): boolean {
  const { children: items, ordered } = list;
  if (items.some(({ checked }) => typeof checked === 'boolean')) return true;
  if (shareOf(items, isOnlyLink) > 0.5) return false;
  if (ordered) return isProceduralList(list, place);
  const isCheckList = /\bcheck ?list\b/i.test(place.heading);
  if (isCheckList) return items.length >= 2;
  if (items.some(holdsNumberedWork)) return true;
  if (shareOf(items, isCommandItem) >= 0.6) return true;
  if (
    !namesWork(place.heading) &&
    !/\b(?:tasks|chores|duties)$/i.test(place.heading)
  ) {
    return false;
  }
  const commands = items.filter(holdsCommand).length;
  const share = shareOf(items, isFollowedItem);
  return commands > 0 ? share >= 0.5 : items.length >= 2 && share >= 0.6;
}

/** A numbered list of instructions, and not one of links, levels or reasons. */
function isProceduralList(list: List, place: ListPlace): boolean {
  const { children: items } = list;
  if (items.length < 2) return items.some(holdsCommandBelow);
  if (shareOf(items, isOnlyLink) > 0.5) return false;
  if (!place.knowsVerbs) {
    return items.length >= 3 && shareOf(items, isLevel) < 0.5;
  }
  return shareOf(items, isFollowedItem) >= neededShare(place.heading);
}

/** A heading that promises work vouches for items that do not begin with a verb. */
function neededShare(heading: string): number {
  if (roleOf(heading) === 'steps') return 0;
  if (WORK_HEADING.test(heading)) return 0.3;
  return namesWork(heading) ? 0.4 : 0.6;
}

/** A paragraph that is nothing but a command, or that ends with one after "run:". */
export function isCommandParagraph(paragraph: Paragraph): boolean {
  const last = paragraph.children.at(-1);
  if (last?.type !== 'inlineCode' || !isClearlyCommand(last.value))
    return false;
  const before = plainText({
    ...paragraph,
    children: paragraph.children.slice(0, -1),
  });
  return before.trim() === '' || /[:：]\s*$/.test(before);
}

/** An item that tells what to do: in words, by a command, or by the numbered steps below it. */
export function isFollowedItem(item: ListItem): boolean {
  return (
    isInstruction(leadOf(item)) || holdsCommand(item) || holdsNumberedWork(item)
  );
}

/** An item that begins with a command in code marks. */
function isCommandItem(item: ListItem): boolean {
  const [first] = item.children;
  const lead = first?.type === 'paragraph' ? first.children[0] : undefined;
  return lead?.type === 'inlineCode' && isClearlyCommand(lead.value);
}

/** Commands in code marks, in the item itself or in the list below it. */
function holdsCommand(item: ListItem): boolean {
  return inlineCommandsOf(item).length > 0 || holdsCommandBelow(item);
}

function holdsCommandBelow(item: ListItem): boolean {
  return listsBelow(item).some(list => list.children.some(holdsCommand));
}

/** "Resolution steps:" as an item, with the numbered steps below it. */
export function holdsNumberedWork(item: ListItem): boolean {
  return listsBelow(item).some(
    list =>
      list.ordered === true &&
      list.children.length >= 2 &&
      shareOf(list.children, isFollowedItem) >= 0.6,
  );
}

/** "**Level 1 – Support**" with facts below: a person or a level and no step. */
function isLevel(item: ListItem): boolean {
  const [first] = item.children;
  return (
    first?.type === 'paragraph' &&
    first.children[0]?.type === 'strong' &&
    /^\S+\s*\d/.test(plainText(first))
  );
}

function leadOf(item: ListItem): string {
  const [first] = item.children;
  return first?.type === 'paragraph' ? plainText(first) : '';
}

function listsBelow(item: ListItem): List[] {
  return item.children.filter((child): child is List => child.type === 'list');
}

function isOnlyLink(item: ListItem): boolean {
  const [paragraph] = item.children;
  return (
    paragraph?.type === 'paragraph' &&
    paragraph.children[0]?.type === 'link' &&
    paragraph.children.length === 1
  );
}

function shareOf(items: ListItem[], test: (item: ListItem) => boolean): number {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}

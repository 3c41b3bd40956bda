import type { List, ListItem } from 'mdast';
import { readBoldLabels } from '../sections/boldLabel';
import { roleOf } from '../sections/phaseRoles';
import type { BlockReadings } from './blockReadings';
import { holdsNumberedWork, isFollowedItem } from './followedLists';
import { inlineCommandsOf } from './inlineCommands';

/**
 * True where the items of a list are steps: numbered items and tick boxes are, bullets only where they hold commands
 * or begin with verbs.
 *
 * @param isActing - the phase is one of doing something; elsewhere only tick boxes and commands count
 */
export function isStepList(
  list: List,
  isActing: boolean,
  blocks: BlockReadings,
): boolean {
  if (holdsShell(list, blocks)) return true;
  if (isCheckList(list)) return true;
  if (!isActing) return false;
  if (list.ordered) return true;
  const followed = list.children.filter(isFollowedItem);
  return (
    followed.length / list.children.length >= 0.6 ||
    list.children.some(holdsNumberedWork)
  );
}

/** "`SEV-1`: total outage": a list that says what words mean. */
export function explainsTerms(list: List): boolean {
  return list.children.every(item => {
    const [first] = item.children;
    if (first?.type !== 'paragraph') return false;
    const [term, after] = first.children;
    return (
      term?.type === 'inlineCode' &&
      after?.type === 'text' &&
      /^\s*[:：]\s/.test(after.value)
    );
  });
}

/** True where a person ticks off the items. */
export function isCheckList(list: List): boolean {
  return list.children.some(({ checked }) => typeof checked === 'boolean');
}

/** "**Possible cause:** ..." among steps tells a fact and nothing to do. */
export function tellsFact(item: ListItem): boolean {
  const [first, ...rest] = item.children;
  if (first?.type !== 'paragraph' || rest.length > 0) return false;
  const label = readBoldLabels(first)?.[0];
  const role =
    label && label.value.length > 0 ? roleOf(label.label) : undefined;
  return role === 'information' || role === 'symptoms';
}

/** True where a block of commands stands in an item, or below one. */
export function holdsShell(list: List, blocks: BlockReadings): boolean {
  return list.children.some(item =>
    item.children.some(
      child =>
        (child.type === 'code' && blocks.runs(child)) ||
        (child.type === 'list' && holdsShell(child, blocks)),
    ),
  );
}

/** True where most items hold a command in code marks; in a numbered list one is enough. */
export function holdsInlineCommands(list: List): boolean {
  const items = list.children.filter(item => inlineCommandsOf(item).length > 0);
  return (
    items.length > 0 &&
    (list.ordered || items.length > list.children.length / 2)
  );
}

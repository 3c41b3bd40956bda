import type { ListItem, Paragraph } from 'mdast';
import { placeOf, plainText, writtenText } from '../markdown/plainText';
import { isByHand, isImperative } from '../sections/imperative';
import { isCommandParagraph } from './followedLists';
import { inlineCommandsOf } from './inlineCommands';
import { linkIn } from './linkSteps';
import type { StepDraft } from './stepDraft';
import {
  begunAsSentence,
  itemTitle,
  titled,
  withoutCommand,
} from './stepTitles';

/** A list item that is one step: it holds a command, sends to a page, or is done by hand. */
export function draftOfItem(item: ListItem, source: string): StepDraft {
  const commands = inlineCommandsOf(item);
  if (commands.length > 0) return inlineDraft(item, commands, source);
  const url = linkIn(item);
  return url && isByHand(plainText(item))
    ? linkDraft(item, url)
    : manualItem(item, source);
}

/**
 * A paragraph that is a step by itself: it holds a command to run, sends to a page, or tells what to do by hand.
 *
 * @param isActing - the phase is one of doing something; elsewhere nothing is done by hand
 */
export function draftOfParagraph(
  node: Paragraph,
  source: string,
  isActing: boolean,
): StepDraft | undefined {
  const text = plainText(node);
  const commands = inlineCommandsOf(node);
  const isTold = isImperative(text) || isCommandParagraph(node);
  if (commands.length > 0 && isTold) return inlineDraft(node, commands, source);
  if (!isByHand(text)) return undefined;
  const url = linkIn(node);
  if (url) return linkDraft(node, url);
  if (!isActing) return undefined;
  const head = titled(text);
  return {
    ...head,
    title: begunAsSentence(head.title, node),
    type: 'manual',
    line: placeOf(node).line,
    text: writtenText(node, source),
    notes: [],
  };
}

/** A list item that a person does by hand. */
export function manualItem(item: ListItem, source: string): StepDraft {
  const [first] = item.children;
  const head =
    first?.type === 'paragraph' ? itemTitle(first) : titled(plainText(item));
  const written = writtenText(item, source)
    .replace(/^(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/, '')
    .replace(/^ {2,4}/gm, '');
  return {
    ...head,
    title: head.title || 'By hand',
    type: 'manual',
    line: placeOf(item).line,
    text: written,
    notes: [],
  };
}

/** The commands that stand in code marks in an item or a paragraph; by hand where the text leaves a choice. */
function inlineDraft(
  node: ListItem | Paragraph,
  commands: string[],
  source: string,
): StepDraft {
  const paragraph =
    node.type === 'paragraph'
      ? node
      : node.children.find(
          (child): child is Paragraph => child.type === 'paragraph',
        )!;
  const choice = commands.length > 1 && /\bor\b/i.test(plainText(paragraph));
  const written = writtenText(node, source).replace(
    /^(?:[-*+]|\d{1,9}[.)])\s+/,
    '',
  );
  const head = itemTitle(paragraph);
  if (choice) {
    return {
      ...head,
      type: 'manual',
      line: placeOf(node).line,
      text: written,
      notes: [],
    };
  }
  return {
    ...withoutCommand(paragraph, head),
    type: 'command',
    line: placeOf(paragraph).line,
    text: commands.join('\n'),
    language: 'bash',
    notes: plainText(paragraph) === commands.join(' ') ? [] : [written],
  };
}

/** An item or a paragraph that sends a person to a page. */
function linkDraft(node: ListItem | Paragraph, url: string): StepDraft {
  return {
    ...titled(plainText(node)),
    type: 'link',
    line: placeOf(node).line,
    text: url,
    notes: [],
  };
}

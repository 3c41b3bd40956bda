import type { Paragraph } from 'mdast';
import { plainText } from '../markdown/plainText';
import { readBoldLabels } from '../sections/boldLabel';
import { isImperative } from '../sections/imperative';
import { capitalised, readCondition } from './conditions';
import { shortTitle } from './shortTitle';

const SEQUENCE =
  /^(?:(?:then|next|now|finally|afterwards|after that|first|second|lastly|also|and),?\s+|step \d+\s*[:.)–-]+\s*)(?=\p{L})/iu;

/** What introduces any block and names none. */
const SAYS_NOTHING =
  /^(?:this(?: also)? works(?: too)?|(?:please )?(?:run|execute|use|try|enter|issue|type|do)(?: (?:this|these|the|following|below|next|command|commands|one|of|it))*|(?:as )?follow(?:s|ing)|the following|for example|examples?|e\.g|like this|then|next|or|and|usage|commands?|note|tip)$/i;

/** A paragraph names the block below it when it ends with a colon, or is one short sentence. */
export function titleOfParagraph(
  text: string,
): { title: string; condition?: string; whole: string } | undefined {
  const sentences = text.split(/(?<=[.!?])\s+(?=\p{Lu})/u);
  const last = sentences[sentences.length - 1];
  const endsWithColon = /[:：]$/.test(last);
  const tells =
    endsWithColon ||
    /^step \d/i.test(last) ||
    isImperative(last) ||
    /\?$/.test(last) ||
    readCondition(last).condition !== undefined;
  if (!tells) return undefined;
  if (!endsWithColon && (last.length > 100 || sentences.length > 2))
    return undefined;
  if (last.length > 160) return undefined;
  const { title, condition } = readCondition(
    capitalised(last.replace(/[\s:：.]+$/, '').replace(SEQUENCE, '')),
  );
  if (SAYS_NOTHING.test(title)) return undefined;
  return {
    title: shortTitle(title),
    ...(condition ? { condition } : {}),
    whole: last,
  };
}

/** The title of a list item: its bold beginning where it has one. */
export function itemTitle(paragraph: Paragraph): {
  title: string;
  condition?: string;
} {
  const labels = readBoldLabels(paragraph);
  const [first] = paragraph.children;
  if (labels?.length === 1 || (labels && first?.type === 'strong')) {
    return titled(labels[0].label);
  }
  const text = plainText(paragraph);
  return titled(text.split(/(?<=[.!?:])\s+(?=\p{Lu})/u)[0]);
}

/** A text as a short title, with its condition apart. */
export function titled(text: string): { title: string; condition?: string } {
  const { title, condition } = readCondition(text.replace(/[\s:：.]+$/, ''));
  return { title: shortTitle(title), ...(condition ? { condition } : {}) };
}

/** "Restart it: `systemctl ...`" is titled by what stands before the command. */
export function withoutCommand(
  paragraph: Paragraph,
  head: { title: string; condition?: string },
): { title: string; condition?: string } {
  const at = paragraph.children.findIndex(({ type }) => type === 'inlineCode');
  const lead = plainText({
    type: 'paragraph',
    children: paragraph.children.slice(0, at),
  }).replace(
    /[\s:,(–—-]+$|\s+(?:with|by running|by|using|via|run|running)$/gi,
    '',
  );
  const rest = plainText({
    type: 'paragraph',
    children: paragraph.children.slice(at + 1),
  });
  return lead.split(' ').length >= 2 && rest.length <= 2 ? titled(lead) : head;
}

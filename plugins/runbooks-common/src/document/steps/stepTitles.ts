import type { Nodes, Paragraph } from 'mdast';
import { plainText } from '../markdown/plainText';
import { readBoldLabels } from '../sections/boldLabel';
import { isImperative } from '../sections/imperative';
import { readComment } from './commentWords';
import { capitalised, leavesBracketOpen, readCondition } from './conditions';
import { LONGEST_TITLE, shortTitle } from './shortTitle';
import { trimmedEnd } from '../../text/trimmed';

/** How a step is called, when it applies, and what it is instead of. */
export interface StepHead {
  title: string;
  condition?: string;
  /** "Option B: ..." */
  option?: { label: string };
  /** "Or ...": instead of the step before it. */
  orBefore?: true;
}

const SEQUENCE =
  /^(?:(?:then|next|now|finally|afterwards|after that|first|second|lastly|also|and),?\s+|step \d+\s*[:.)–-]+\s*)(?=\p{L})/iu;

/** What introduces any block and names none. */
const SAYS_NOTHING =
  /^(?:this(?: also)? works(?: too)?|(?:please )?(?:run|execute|use|try|enter|issue|type|do)(?: (?:this|these|the|following|below|next|command|commands|one|of|it|with))*|its? (?:is )?(?:located|found|stored) (?:at|in|under)|(?:as )?follow(?:s|ing)|the following|for example|examples?|e\.g|like this|then|next|or|and|usage|commands?|note|tip|either|do one of (?:these|the following))$/i;

/** A paragraph names the block below it when it ends with a colon, or is one short sentence. */
export function titleOfParagraph(
  text: string,
): (StepHead & { whole: string }) | undefined {
  const sentences = text.split(/(?<=[.!?])\s+(?=\p{Lu})/u);
  const last = sentences[sentences.length - 1];
  const endsWithColon = /[:：]$/.test(last);
  const tells =
    endsWithColon ||
    /^step \d/i.test(last) ||
    readComment(last).kind === 'option' ||
    isImperative(last) ||
    /\?$/.test(last) ||
    readCondition(last).condition !== undefined;
  const [first] = sentences;
  if (!tells && sentences.length === 2 && isImperative(first)) {
    return { ...headOf(first.replace(/[.!]$/, '')), whole: first };
  }
  if (!tells) return undefined;
  if (!endsWithColon && (last.length > 100 || sentences.length > 2))
    return undefined;
  if (last.length > 160) return undefined;
  const head = headOf(trimmedEnd(last, /[\s:：.]/), rest =>
    capitalised(rest.replace(SEQUENCE, '')),
  );
  if (SAYS_NOTHING.test(head.title)) return undefined;
  return { ...head, whole: last };
}

/** The title of a list item: its bold beginning where it has one, else its first clause. */
export function itemTitle(paragraph: Paragraph): StepHead {
  const labels = readBoldLabels(paragraph);
  const [first] = paragraph.children;
  if (labels?.length === 1 || (labels && first?.type === 'strong')) {
    return titled(labels[0].label);
  }
  return titled(firstClause(plainText(paragraph)));
}

/** A text as a short title, with its condition apart. */
export function titled(text: string): StepHead {
  return headOf(trimmedEnd(text, /[\s:：.]/));
}

/** Behind a label a sentence begins small; a command or a name in code marks does so as it is written. */
export function begunAsSentence(title: string, node: Nodes): string {
  const isProse =
    node.type === 'paragraph' && node.children[0]?.type === 'text';
  return isProse ? capitalised(title) : title;
}

function headOf(
  text: string,
  tidy: (rest: string) => string = rest => rest,
): StepHead {
  const words = readComment(text);
  const isOption = words.kind === 'option' && words.label !== undefined;
  const isOr = words.kind === 'or' && words.text !== '';
  const rest = (isOption || isOr) && words.text !== '' ? words.text : text;
  const { title, condition } = readCondition(
    isOption || isOr ? capitalised(tidy(rest)) : tidy(rest),
  );
  const name = condition && SAYS_NOTHING.test(title) ? condition : title;
  return {
    title: shortTitle(beforeDash(name)),
    ...(condition ? { condition } : {}),
    ...(isOption ? { option: { label: words.label! } } : {}),
    ...(isOr ? { orBefore: true as const } : {}),
  };
}

/** What is too long for a title is named by its head: "Check the locks — the gauge follows ..." */
function beforeDash(text: string): string {
  if (text.length <= LONGEST_TITLE) return text;
  const head = /^(.{10,80}?)\s+[–—-]\s/.exec(text)?.[1];
  return head && isImperative(head) ? head : text;
}

/** Up to the first full stop or colon before another sentence; what stands in brackets is never cut. */
function firstClause(text: string): string {
  for (const end of text.matchAll(/[.!?:]\s+(?=\p{Lu})/gu)) {
    const clause = text.slice(0, end.index + 1);
    const isQuoted = (clause.match(/"/g)?.length ?? 0) % 2 === 1;
    if (!leavesBracketOpen(clause) && !isQuoted) return clause;
  }
  return text;
}

/** "Restart it: `systemctl ...`" is titled by what stands before the command. */
export function withoutCommand(paragraph: Paragraph, head: StepHead): StepHead {
  const at = paragraph.children.findIndex(({ type }) => type === 'inlineCode');
  const lead = leadOf(
    plainText({ type: 'paragraph', children: paragraph.children.slice(0, at) }),
  );
  const rest = plainText({
    type: 'paragraph',
    children: paragraph.children.slice(at + 1),
  });
  return lead.split(' ').length >= 2 && rest.length <= 2 ? titled(lead) : head;
}

/** "Restart it" of "Restart it:" and of "Restart it with". */
function leadOf(text: string): string {
  const bare = trimmedEnd(text, /[\s:,(–—-]/);
  return bare === text
    ? text
        .replace(/\s(?:with|by running|by|using|via|run|running)$/i, '')
        .trimEnd()
    : bare;
}

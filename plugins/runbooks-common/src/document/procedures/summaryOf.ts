import { entriesIn } from '../facts/metadata';
import { plainText } from '../markdown/plainText';
import type { ProcedureOutline } from './outline';

const SUMMARY =
  /^(?:purpose|overview|description|summary|meaning|use cases?|goals?|objectives?|about|introduction|background)\b/i;

/** What a procedure is for, in its own words: a "Purpose" of its own, or else its first paragraph. */
export function summaryOf(outline: ProcedureOutline): string | undefined {
  const named = outline.parts.find(
    part => part.role === 'information' && SUMMARY.test(part.title),
  );
  const body = outline.parts.find(({ isBody }) => isBody);
  const written = entriesIn(body?.nodes ?? []).find(({ key }) =>
    SUMMARY.test(key),
  );
  if (written) return written.value;
  const prose = (named ?? body)?.nodes[0];
  if (prose?.type !== 'paragraph') return undefined;
  const text = plainText(prose);
  if (text === '' || /[:：]$/.test(text) || entriesIn([prose]).length > 0)
    return undefined;
  return text.length > 500 ? `${text.slice(0, 499)}…` : text;
}

import { foreignSegments } from './foreignSegments';

/** Blanks that the typography of a language asks for; a shell never sees prose. */
const PROSE_BLANKS = /^[\u00a0\u202f\u3000]+$/;

/**
 * Markdown that somebody else wrote, to be rendered: what shows nothing is spelled visibly, secrets and long stretches
 * are folded as in any foreign text. Left alone are non-breaking and ideographic spaces; words of mixed scripts are not
 * marked, because Markdown has no mark for them.
 *
 * @public
 */
export function visibleMarkdown(markdown: string): string {
  return foreignSegments(markdown)
    .map(segment => {
      const source = markdown.slice(segment.start, segment.end);
      return PROSE_BLANKS.test(source) && segment.kind === 'marked'
        ? source
        : segment.text;
    })
    .join('');
}

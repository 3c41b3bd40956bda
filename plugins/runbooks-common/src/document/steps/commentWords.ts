import { isByHand, isImperative } from '../sections/imperative';
import { capitalised } from './conditions';
import { isClearlyCommand } from './inlineCommands';
import { trimmedEnd, trimmedStart } from '../../text/trimmed';

/**
 * What a comment line in a shell block says.
 *
 * - `numbered`: `# 1. Check status`, `# Step 2 - Drain`
 * - `option`: `# Option 2: Scale down and up`, `# Method A: ...`
 * - `or`: `# Or via the web page`, `# Alternatively: ...`
 * - `bullet`: `# - Check the pool settings`
 * - `expectation`: `# Expected: 3 pods`, `# You should see ...`
 * - `cause`, `solution`: `# Cause: ...`, `# Solution: ...`
 * - `query`: `# Query: rate(...)`, `# SELECT ...`
 * - `note`: `# Note: ...`, `# Always ...`, a command put in a comment
 * - `instruction`: begins with a verb
 * - `plain`: names or explains
 * - `nothing`: shebang, ruler, empty
 */
export type CommentKind =
  | 'numbered'
  | 'option'
  | 'or'
  | 'bullet'
  | 'expectation'
  | 'cause'
  | 'solution'
  | 'query'
  | 'note'
  | 'instruction'
  | 'plain'
  | 'nothing';

export interface CommentWords {
  kind: CommentKind;
  /** Without number, mark or leading word. */
  text: string;
  /** "Option 2", "Cause". */
  label?: string;
}

const NUMBERED =
  /^(?:(?:step|phase|task|part|stage)\s*(?:#\s*)?\d{1,2}[a-z]?\s*(?:[:.)\]–—-]+\s*|$)|\(?\d{1,2}[a-z]?[.):]\s+|\d{1,2}\s+[-–—]\s+)/i;
const OPTION =
  /^((?:option|alternative|method|approach|variant|choice)\s*(?:#\s*)?(?:\d{1,2}|[a-z])\b)(?:,[^:]{1,40})?\s*(?:[:.)\]–—-]+\s*)?/i;
const OR =
  /^(?:or\b[:,]?|alternatively\b[:,]?|alternative\b[:,]?|otherwise\b[:,]?)\s*/i;
const BULLET = /^(?:[-*•+–]|→|->)\s+/;
const EXPECTATION =
  /^(?:expect(?:ed|ing|s)?\b.*|(?:(?:you|it|this) )?should \w.*|want\b.*|HTTP\/\d(?:\.\d)? [1-5]\d\d\b.*|[\w.`"'/-]+(?: \w+){0,3} (?:must|should) (?:all )?(?:be|return|show|say|read|have|contain|equal|match)\b.*|you (?:should|will|ought to) (?:see|get)\b.*|(?:sample |example )?(?:output|result|response)s?(?: (?:example|should|looks?|is|sample)\b.*|\s*(?::.*)?)$|=>\s.*|(?:must|will) (?:return|show|print|be)\b.*|good(?: output)?:.*|looks? like:?.*|healthy (?:output|state):?.*)/i;
const CAUSE =
  /^(?:(?:root |possible |probable |likely )?causes?|reason|problem|issue|error|why)\s*:\s*(\S.*)$/i;
const SOLUTION =
  /^(?:solution|fix|resolution|remedy|action|temporary fix|permanent fix|workaround)\s*:\s*(\S.*)$/i;
const QUERY =
  /^(?:(?:promql|prometheus|logql|loki|sql|log)?\s*quer(?:y|ies)\s*:\s*(\S.*)|((?:select|insert into|update \w+ set|delete from|create (?:unique )?index|alter table|explain|show|vacuum|order by|group by|from \w+ where)\b.*[;,)(=\w]))$/i;
const NOTE =
  /^(?:note|notes|nb|n\.b\.|warning|caution|important|attention|tip|hint|info|remember|reminder|danger|beware|fyi|todo|always|never|do not|don['’]t|e\.g\.|example|for example|see|ref|reference|this (?:will|may|should|can|is|command)|optional flags)\b/i;
const RULER = /^[=\-#*_~\s]*$/;
const FRAME = /[=\-#*]/;
const LINE_BREAK = /[\n\r\u2028\u2029]/;

/** Reads a comment without its `#`. */
export function readComment(comment: string): CommentWords {
  const text = comment.replace(/^#+/, '').trim();
  if (text === '' || RULER.test(text) || comment.startsWith('!')) {
    return { kind: 'nothing', text: '' };
  }
  const framed = wordsInFrame(text);
  return framed === undefined
    ? readWords(text)
    : { kind: 'plain', text: framed };
}

/** "Backup" of "=== Backup ===". */
function wordsInFrame(text: string): string | undefined {
  const fromWords = trimmedStart(text, FRAME);
  const words = trimmedEnd(fromWords, FRAME);
  return text.length - fromWords.length >= 2 &&
    fromWords.length - words.length >= 2 &&
    !LINE_BREAK.test(words)
    ? words.trim()
    : undefined;
}

function readWords(text: string): CommentWords {
  const bullet = wordsBehind(BULLET, text);
  if (bullet !== undefined) return { kind: 'bullet', text: bullet };
  const option = wordsBehind(OPTION, text);
  if (option !== undefined) {
    const label = OPTION.exec(text)?.[1] ?? '';
    return { kind: 'option', label: capitalised(label), text: option };
  }
  const numbered = wordsBehind(NUMBERED, text);
  if (numbered) return { kind: 'numbered', text: numbered };
  const or = wordsBehind(OR, text);
  if (or !== undefined) return { kind: 'or', text: capitalised(or) };
  if (EXPECTATION.test(text)) return { kind: 'expectation', text };
  const cause = CAUSE.exec(text);
  if (cause) return { kind: 'cause', label: 'Cause', text };
  const solution = SOLUTION.exec(text);
  if (solution)
    return { kind: 'solution', label: 'Solution', text: solution[1] };
  const query = QUERY.exec(text);
  if (query) return { kind: 'query', text: query[1] ?? query[2] };
  if (
    isClearlyCommand(text) &&
    !/^(?:make|go|watch|source|service|find|time|top|free|node|install|kind|cut|kill|cat|tail|mount)\s+[a-z]+\s/i.test(
      text,
    )
  ) {
    return { kind: 'note', text };
  }
  if (NOTE.test(text) || /^\([^()]*\)$/.test(text)) {
    return { kind: 'note', text };
  }
  const isInstruction = isImperative(text) || isByHand(text);
  return { kind: isInstruction ? 'instruction' : 'plain', text };
}

/** The words of a line that begins with a mark, without it. */
function wordsBehind(mark: RegExp, text: string): string | undefined {
  const found = mark.exec(text);
  const words = found ? text.slice(found[0].length) : undefined;
  return words === undefined || LINE_BREAK.test(words) ? undefined : words;
}

import { isImperative } from '../sections/imperative';

const EXPECTS =
  /\b(?:expected|expect(?:s|ing)?)\b.{0,60}\b(?:outputs?|results?|responses?|outcome|values?|state|status|to see)\b|^\W*expected\b|\b(?:you|we) (?:should|will|would) (?:then |now |also )?(?:see|get|find|receive)\b|\b(?:it|this|output|command|response|result|query|which|status|pods?|nodes?|everything|all \w+|the \w+(?: \w+)?) should (?:now |all |then |only |not )?(?:return|show|print|look|be|output|display|have|say|list|report|contain|match|read|respond)\b|\bshould (?:look|be) (?:something )?(?:like|similar)\b|\b(?:sample|example) (?:output|response)\b|^\W*(?:sample |example )?outputs?\s*(?:\(.*\)\s*)?:|\blooks? (?:something )?like(?: this)?\s*(?::\s*)?$|\b(?:output|result) (?:is|will be|would be|looks)\b|\bsimilar to (?:this|the following|below)\b|\b(?:returns?|prints?|shows?)(?: something like)?(?: the following)?\s*:\s*$/i;

/** How long the whole takes is a fact of the procedure, and nothing that a step shows. */
const HOW_LONG = /^\W*expected (?:time|duration|downtime)\b/i;

/** True where prose tells what a step should show. */
export function tellsExpectation(text: string): boolean {
  return (
    text.length < 400 &&
    EXPECTS.test(text) &&
    !HOW_LONG.test(text) &&
    !tellsWhatToDo(text)
  );
}

const LOOKS =
  /^\W*(?:verify|check|confirm|validate|ensure|look|see|note|make sure|expect|output|return|show|print|display|report|list)\b/i;

/** "Run the job; the output should ..." is something to do; "Check that the output is ..." is not more than looking. */
function tellsWhatToDo(text: string): boolean {
  return isImperative(text) && !LOOKS.test(text);
}

/** True where prose tells what a bad result looks like, which is no expectation. */
export function tellsFailure(text: string): boolean {
  return /\b(?:if (?:you see|it (?:shows|returns|fails)|the output)|in case|error (?:looks|message)|fails? with|should not)\b/i.test(
    text,
  );
}

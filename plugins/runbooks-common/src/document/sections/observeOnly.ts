import { plainText } from '../markdown/plainText';
import { childSections, ownNodes, type Section } from './sectionTree';

const PROMISE =
  /\b(?:observe|observation|read|view|monitor(?:ing)?|look)[- ]only (?:procedure|runbook|document|guide|checks?|operations?|commands?|steps|section|playbook)\b|\b(?:this|the) (?:procedure|runbook|document|guide|section|playbook|page)(?: \w+)? (?:is|are|remains?|stays?) (?:strictly |purely |entirely )?(?:observe|observation|read|view)[- ]only\b|\b(?:this|it|the)\b(?: (?:procedure|runbook|document|guide|section|playbook|page))?:? (?:does|do|will|must|should) not (?:change|modify|alter|mutate|touch|make (?:any )?changes to) (?:any |the )?(?:cluster|state|anything|system|production|resources|data|configuration)|\bno changes? (?:is|are|will be|must be|should be) made\b|\b(?:makes|making) no changes\b|\bchanges nothing\b|\bnothing (?:is|will be) changed\b|\bdoes not change anything\b/i;

const IN_TITLE = /\b(?:observe|observation|read|view)[- ]only\b/i;

/** How much of a section's beginning may carry the promise. */
const FIRST_NODES = 4;

/**
 * True where a section says that nothing in it changes anything: in its heading, in the first lines below it, or in
 * a "Safety" section at its beginning.
 *
 * ```text
 * # Rollout check (OBSERVE-only)
 * - This procedure is **observe-only**: it does **not** change cluster state.
 * ```
 */
export function promisesObserveOnly(section: Section): boolean {
  if (IN_TITLE.test(section.written)) return true;
  if (opensWithPromise(section)) return true;
  return childSections(section)
    .slice(0, 3)
    .some(
      child =>
        /\b(?:safety|posture|scope|important|note|warning|purpose|overview|about|summary|introduction|disclaimer)\b/i.test(
          child.title,
        ) && opensWithPromise(child),
    );
}

function opensWithPromise(section: Section): boolean {
  return ownNodes(section)
    .slice(0, FIRST_NODES)
    .filter(node => node.type !== 'code' && node.type !== 'table')
    .some(node => PROMISE.test(plainText(node).slice(0, 2000)));
}

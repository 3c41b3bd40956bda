import type { BoundReading } from '../../shell/judgeBoundText';
import type { SeenCall } from '../../shell/judgeCall';
import type { Argument } from '../../shell/words';
import { kubectlWordsOf } from './kubectlWords';
import { variablesIn } from './variablesIn';

/** Verbs that look, whose words name objects of a kind that shows no data of Secrets. */
const NAMES_ONLY = new Set(['logs', 'top', 'rollout']);

/**
 * Variables without a value that stand where the value decides what a step does: in any word of a call that changes
 * something or that cannot be told, in what a read is told to show, and where bash evaluates what they hold.
 *
 * @param waiting - Variables of the text that have no value yet.
 */
export function openVariables(
  reading: BoundReading,
  waiting: ReadonlySet<string>,
): string[] {
  const open = new Set<string>();
  const derived = new Set(reading.derives);
  const all = reading.reads.filter(name => waiting.has(name));
  if (all.length === 0) return [];
  const decides = (name: string) => {
    if (waiting.has(name)) open.add(name);
    // What the text makes of other variables may come from any of them.
    if (derived.has(name)) all.forEach(one => open.add(one));
  };
  for (const call of reading.calls) {
    for (const argument of decidingWords(call))
      variablesIn(argument).forEach(decides);
  }
  reading.evaluates.forEach(decides);
  return [...open].sort();
}

function decidingWords(call: SeenCall): readonly Argument[] {
  const { effect, writes } = call.verdict;
  const onlyLooks =
    (effect === 'read' || effect === 'local') && writes?.length === 0;
  if (!onlyLooks) return call.args;
  const kubectl = kubectlWordsOf(call);
  if (!kubectl) return [];
  const { options, operands, verb } = kubectl;
  return [
    verb,
    ...(NAMES_ONLY.has(verb.value) ? [] : operands.filter(mayBeKind)),
    ...options
      .all('output', 'o', 'raw', 'template', 'filename', 'f')
      .flatMap(({ value, argument }) => value ?? argument),
  ];
}

/** `$KIND`, `$KIND/web`, and what may be an option if nothing quotes it: `pod web $MORE`; not `pod/$NAME`. */
function mayBeKind({ value }: Argument, index: number): boolean {
  return value.includes('/')
    ? !/^[A-Za-z][\w.-]*\//.test(value)
    : index === 0 || /^\$/.test(value);
}

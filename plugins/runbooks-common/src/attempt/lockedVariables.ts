import type { StepVerdict } from '../plan/model';
import { boundNames, type BoundName } from '../shell/boundNames';
import {
  STEERING_NAMES,
  steersCommands,
} from '../shell/effects/wrappers/settings';
import { steeringBecause } from '../shell/simpleCommand';

/** Bash needs the first, and sets the others itself. */
const LOCKED = STEERING_NAMES.filter(
  name => !/^(?:IFS|SHELLOPTS|BASHOPTS)$/.test(name),
);

/** Values that planning lets a text give some of them. */
const PLAIN_VALUES = ['$PATH:', '$KUBECONFIG', '$HOME', 'cat', ''];

/**
 * The steering variables that the shell of a step may not change, so that what judging has missed fails and does not
 * run. Those that the text assigns are not among them, because the plan has judged what they become; nor are, where the
 * verdict leaves open what runs, those that it may bind in any way: they were allowed with it. Programs that the step
 * starts have variables of their own and are not bound.
 *
 * @public
 */
export function lockedVariables(
  text: string,
  verdict: Pick<StepVerdict, 'commands' | 'writes'>,
): string[] {
  const isOpen =
    verdict.commands.some(({ effect }) => effect === 'unknown') ||
    (verdict.writes.kind !== 'none' && verdict.writes.kind !== 'listed');
  const bound = boundNames(text);
  if (bound === 'anything')
    return isOpen ? [] : LOCKED.filter(name => !mayBeAssigned(name));
  const free = new Set(
    bound.flatMap(one => (isOpen || isPlain(one) ? one.name : [])),
  );
  return LOCKED.filter(name => !free.has(name));
}

/** It is assigned or taken away, in a way that planning lets every text do. */
function isPlain(one: BoundName): boolean {
  return (
    (one.how === 'assigned' || one.how === 'unset') &&
    steeringBecause([one]) === undefined
  );
}

/** A script that the text reads in may do so, and the plan has looked into it. */
function mayBeAssigned(name: string): boolean {
  return PLAIN_VALUES.some(value => !steersCommands(name, value));
}

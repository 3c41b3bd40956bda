import { digestOf } from '../ledger/digest';
import type { StepBinding, StepInputs, StepRequirement } from '../plan/model';
import type { FileDifference } from './model';

/**
 * What differs between the step that was approved and the one that would run now, in words; undefined where nothing
 * does. Names the input that changed: "the file backups/cm.yaml was changed by step 'Keep a backup'".
 *
 * @param now - The step as it would run now, with the files that differ from the snapshot.
 * @param titleOf - Title of a step by its id.
 *
 * @public
 */
export function voidedBecause(
  approved: StepBinding,
  now: { binding: StepBinding; differences: FileDifference[] },
  titleOf: (stepId: string) => string,
): string | undefined {
  const { binding, differences } = now;
  if (approved.digest === binding.digest) return undefined;
  if (binding.verdict.impossible !== undefined)
    return binding.verdict.impossible;
  const reasons = [
    ...fileReasons(approved.inputs, binding.inputs, differences, titleOf),
    ...variableReasons(approved.inputs, binding.inputs),
    ...(approved.executor === binding.executor
      ? []
      : [
          `it would run with the executor '${binding.executor}', not '${approved.executor}'`,
        ]),
    ...verdictReasons(approved, binding),
  ];
  return reasons.length > 0
    ? reasons.join('; ')
    : 'what it would run is not what was approved';
}

function fileReasons(
  before: StepInputs,
  after: StepInputs,
  differences: readonly FileDifference[],
  titleOf: (stepId: string) => string,
): string[] {
  const earlier = new Map(before.files.map(file => [file.path, file]));
  const later = new Map(after.files.map(file => [file.path, file]));
  const by = new Map(differences.map(one => [one.path, one.changedBy]));
  const reasons: string[] = [];
  for (const file of after.files) {
    const known = earlier.get(file.path);
    if (known?.digest === file.digest && known?.change === file.change) {
      continue;
    }
    const step = by.get(file.path);
    reasons.push(
      `the file ${file.path} was ${file.change}${
        step === undefined ? '' : ` by step '${titleOf(step)}'`
      }`,
    );
  }
  for (const { path } of before.files) {
    if (!later.has(path)) {
      reasons.push(`the file ${path} is as it was planned again`);
    }
  }
  return reasons;
}

function variableReasons(before: StepInputs, after: StepInputs): string[] {
  const earlier = new Map(before.variables.map(one => [one.name, one]));
  const later = new Map(after.variables.map(one => [one.name, one]));
  const reasons: string[] = [];
  for (const variable of after.variables) {
    const known = earlier.get(variable.name);
    if (known && digestOf(known) === digestOf(variable)) continue;
    reasons.push(
      'secret' in variable
        ? `${variable.name}, which is secret, has another value`
        : `${variable.name} is now ${shortValue(variable.value)}`,
    );
  }
  for (const { name } of before.variables) {
    if (!later.has(name)) reasons.push(`${name} has no value any more`);
  }
  return reasons;
}

function verdictReasons(before: StepBinding, after: StepBinding): string[] {
  return [
    ...(before.verdict.effect === after.verdict.effect
      ? []
      : [`it ${after.verdict.because}`]),
    ...(digestOf(before.verdict.writes) === digestOf(after.verdict.writes)
      ? []
      : ['it would write something else']),
    ...requirementReasons(before, after),
  ];
}

/** Who must approve depends on what is in the cluster: an object that is gone may have been anybody's there. */
function requirementReasons(
  { requires: before }: StepBinding,
  { requires: after, verdict: { writes } }: StepBinding,
): string[] {
  if (digestOf(before) === digestOf(after)) return [];
  const asked = approversOf(before);
  const asks = approversOf(after);
  const added = asks.filter(ref => !asked.includes(ref));
  const gone = asked.filter(ref => !asks.includes(ref));
  const reasons = [
    ...(added.length === 0
      ? []
      : [
          ...(writes.kind === 'listed'
            ? ['what it names is not there any more, or belongs to others now']
            : []),
          `it now needs the approval of an owner of ${added.join(', ')}`,
        ]),
    ...(gone.length === 0
      ? []
      : [`it needs no approval of an owner of ${gone.join(', ')} any more`]),
  ];
  return reasons.length > 0 ? reasons : ['it needs other approvals'];
}

function approversOf(requires: StepRequirement): readonly string[] {
  return 'approvedBy' in requires ? requires.approvedBy : [];
}

function shortValue(value: string): string {
  const MAX = 80;
  if (value === '') return 'empty';
  return value.length > MAX ? `${value.slice(0, MAX)}…` : value;
}

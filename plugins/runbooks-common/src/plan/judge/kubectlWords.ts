import { isKubectlName } from '../../shell/effects/kubectl/kubectlNames';
import {
  kubectlOptions,
  splitKubectl,
} from '../../shell/effects/kubectl/options';
import type { Options } from '../../shell/effects/options';
import type { SeenCall } from '../../shell/judgeCall';
import type { Argument } from '../../shell/words';

/** The words of a kubectl call, sorted. */
export interface KubectlWords {
  verb: Argument;
  options: Options;
  operands: readonly Argument[];
  /** What it is told to do cannot be told. */
  unclear: boolean;
}

/** The program that a call starts, without its folder. */
export function programOf({ args }: SeenCall): string {
  return (args[0]?.value ?? '').replace(/^.*\//, '');
}

/** The words of a call of kubectl or one of its other names; undefined for other programs and for calls of its help. */
export function kubectlWordsOf(call: SeenCall): KubectlWords | undefined {
  if (!isKubectlName(programOf(call))) return undefined;
  const { verb, before, after, unclear } = splitKubectl(call.args.slice(1));
  if (!verb) return undefined;
  const options = kubectlOptions(verb.value, [...before, ...after]);
  return {
    verb,
    options,
    operands: options.operands,
    unclear: unclear || verb.certainty !== 'exact',
  };
}

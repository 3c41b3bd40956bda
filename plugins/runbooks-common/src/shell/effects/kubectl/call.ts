import type { Argument } from '../../words';
import type { Options } from '../options';
import type { Call, Scene } from '../scene';
import type { Verdict } from '../verdict';

/** Everything a rule of one kubectl verb may look at. */
export interface KubectlCall {
  tool: string;
  verb: string;
  options: Options;
  operands: readonly Argument[];
  call: Call;
  scene: Scene;
}

/** Judges one verb of kubectl. */
export type KubectlRule = (kubectl: KubectlCall) => Verdict;

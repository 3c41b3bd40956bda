import type { Argument } from '../../words';
import { isOn, type Options, type OptionSpec, parseOptions } from '../options';
import { writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import { combined, isLocal, type Verdict } from '../verdict';

/** A rule for a tool with the options of GNU, which also knows `--help`. */
export function fileTool(
  spec: OptionSpec,
  judge: (options: Options, scene: Scene, call: Call) => Verdict,
): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, { abbreviates: true, ...spec });
    if (isOn(options, 'help', 'version'))
      return isLocal(`shows the help of ${call.tool}`);
    return judge(options, scene, call);
  };
}

/** The operands of a call, those after `--` included. */
export function operandsOf(options: Options): Argument[] {
  return [...options.operands, ...(options.rest ?? [])];
}

/** A rule for commands that write every operand. */
export function writesAll(does: string, values = ''): ToolRule {
  return fileTool({ values }, (options, scene) =>
    combined(
      operandsOf(options).map(path => writesTo(path, scene, does)),
      does,
    ),
  );
}

/** A rule for commands whose first operand is a mode or an owner and the rest are paths. */
export function changesMode(does: string): ToolRule {
  return fileTool({ values: 'reference from' }, (options, scene) => {
    const paths = options.has('reference')
      ? operandsOf(options)
      : operandsOf(options).slice(1);
    return combined(
      paths.map(path => writesTo(path, scene, does)),
      does,
    );
  });
}

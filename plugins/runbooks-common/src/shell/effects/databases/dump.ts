import { asks } from '../interactive';
import { isOn, parseOptions } from '../options';
import { writesTo } from '../paths';
import type { ToolRule } from '../scene';
import { reads } from '../verdict';

/** A rule for a tool that reads a whole database into a file or its output. */
export const dump =
  (values: string, output: string[]): ToolRule =>
  (call, scene) => {
    const options = parseOptions(call.args, { values, abbreviates: true });
    const file = options.value(...output);
    const judged =
      file && file.value !== '-' ? writesTo(file, scene) : undefined;
    const password =
      options.all('p').some(one => call.tool.startsWith('my') && !one.value) ||
      isOn(options, 'W');
    const read = reads(
      'reads a whole database',
      password
        ? { interactive: asks(`\`${call.tool}\` asks for a password`) }
        : {},
    );
    return judged && judged.effect !== 'local'
      ? { ...judged, interactive: read.interactive }
      : { ...read, changesFiles: judged?.changesFiles };
  };

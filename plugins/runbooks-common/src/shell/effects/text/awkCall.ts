import type { Argument } from '../../words';
import { parseOptions } from '../options';
import { type AwkProgram, readAwkProgram } from './awkProgram';

/** A call of awk whose program stands in its words. */
export interface AwkCall {
  /** Undefined where it is not known from the text. */
  program: Argument | undefined;
  /** Undefined where the program may start others or is not understood. */
  does: AwkProgram | undefined;
  files: readonly Argument[];
}

/** Options that read nothing, write nothing and load nothing. */
const PLAIN =
  /^(?:F|field-separator|v|assign|P|posix|c|traditional|r|re-interval|b|characters-as-bytes|S|sandbox|V|version|csv)$/;

/** Undefined for options that are not known to be harmless: programs in files, libraries, profiles. */
export function awkCall(args: readonly Argument[]): AwkCall | undefined {
  const options = parseOptions(args, {
    values:
      'F v f field-separator assign file i include l load e source E exec',
    stopsAtOperand: true,
  });
  if (options.given.some(({ name }) => !PLAIN.test(name))) return undefined;
  const [program, ...files] = [...options.operands, ...(options.rest ?? [])];
  // A word that may be several may be options.
  const isTold =
    program?.certainty === 'exact' &&
    args
      .slice(0, args.indexOf(program))
      .every(({ certainty }) => certainty !== 'words');
  return {
    program,
    does: isTold ? readAwkProgram(program.value) : undefined,
    files,
  };
}

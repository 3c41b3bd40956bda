import { awkCall } from '../../shell/effects/text/awkCall';
import type { Argument } from '../../shell/words';

const OF_FIND =
  /^-(?:name|iname|path|ipath|type|size|mtime|mmin|newer|maxdepth|mindepth|perm|empty|not|o|a|print|print0|prune|L|P)$/;
const OF_CURL =
  /^(?:-[sSfkLiIv]+|-[XHdmu]|--(?:silent|show-error|fail|insecure|location|request|header|data|max-time|connect-timeout|retry|retry-delay))$/;

/**
 * Whether a call of awk, find or curl writes nothing but its output: an allow list of options, and of what a program of
 * awk does, which is read to its end.
 */
export function onlyPrints(
  program: string,
  args: readonly Argument[],
): boolean {
  if (args.some(({ certainty }) => certainty === 'words')) return false;
  switch (program) {
    case 'awk':
    case 'gawk':
    case 'mawk':
      return ofAwk(args);
    case 'find':
      return args.every(
        ({ value, certainty }) =>
          certainty === 'exact' &&
          (!value.startsWith('-') || OF_FIND.test(value)),
      );
    case 'curl':
      return ofCurl(args);
    default:
      return false;
  }
}

function ofCurl(args: readonly Argument[]): boolean {
  return args.every(({ value, certainty }, at) => {
    if (!value.startsWith('-') || value === '-') return true;
    const next = args[at + 1];
    if (next?.certainty === 'exact' && value === '-o')
      return next.value === '/dev/null';
    if (next?.certainty === 'exact' && value === '-w')
      return !/%output/.test(next.value) && !next.value.startsWith('@');
    return certainty === 'exact' && OF_CURL.test(value);
  });
}

function ofAwk(args: readonly Argument[]): boolean {
  const does = awkCall(args)?.does;
  return (
    does !== undefined &&
    does.writes.every(path =>
      /^\/dev\/(?:null|std(?:out|err))$/.test(path ?? ''),
    )
  );
}

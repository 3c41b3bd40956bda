import { deletesAt, writesTo } from './effects/paths';
import type { Scene } from './effects/scene';
import {
  adaptedTo,
  combined,
  isUnknown,
  isWorse,
  reads,
  unknownOf,
  type Verdict,
} from './effects/verdict';
import type { ShellRedirection } from './parse';
import { argumentsOf, type Variables } from './words';

/**
 * What the files that a command's output goes into make of it; empty where none is touched. `silent` says that the
 * command prints nothing, so that `>` only empties.
 */
export function redirectedFiles(
  redirects: readonly ShellRedirection[],
  variables: Variables,
  scene: Scene,
  silent = false,
): Verdict[] {
  return redirects.flatMap(redirect => {
    const judged = writtenBy(redirect, variables, scene, silent);
    return judged ? [judged] : [];
  });
}

/** The verdict of a command that also writes these files. */
export function withFiles(judged: Verdict, files: readonly Verdict[]): Verdict {
  if (files.length === 0) return judged;
  const worst = combined(files, '');
  const unknown = unknownOf(judged) ?? unknownOf(worst);
  return isWorse(worst.effect, judged.effect)
    ? {
        ...judged,
        effect: worst.effect,
        because: worst.because,
        unknown: worst.effect === 'unknown' ? undefined : unknown,
        writes: worst.writes && judged.writes,
        changesFiles: true,
      }
    : {
        ...judged,
        ...(judged.effect === 'unknown' ? {} : { unknown }),
        writes: worst.writes && judged.writes,
        changesFiles: true,
      };
}

function writtenBy(
  redirect: ShellRedirection,
  variables: Variables,
  scene: Scene,
  silent: boolean,
): Verdict | undefined {
  if (redirect.type !== 'Redirect' || !redirect.target) return undefined;
  const { operator } = redirect;
  const [target] = argumentsOf(redirect.target, variables);
  if (operator === '<' || operator === '<&')
    return target && /^\/dev\/(tcp|udp)\//.test(target.value)
      ? reads(`tries to connect to ${target.value.slice(9)}`)
      : undefined;
  if (!target || (operator === '>&' && /^(\d+-?|-)$/.test(target.value)))
    return undefined;
  if (/^\/dev\/(tcp|udp)\//.test(target.value))
    return isUnknown('sends to a network address');
  // Whoever sends nothing into a file wants what it held to be gone; a new file is made by `touch`.
  const empties = silent && /^>\|?$/.test(operator);
  const held = /^\/(?!tmp\/)|\.log$/.test(target.value);
  const judged =
    empties && held
      ? deletesAt(target, scene, 'empties')
      : writesTo(target, scene);
  return judged.effect !== 'local' || judged.changesFiles
    ? adaptedTo(scene, judged)
    : undefined;
}

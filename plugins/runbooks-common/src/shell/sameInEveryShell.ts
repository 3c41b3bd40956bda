import type { Line } from './blockText';
import { callsKnownTool } from './lineKinds';

/** Signs that mean something else, or nothing, in PowerShell or at the prompt of Windows. */
const OWN_SIGNS = /[`$\\|;%^@&(){}]/;

/**
 * Whether lines mean the same to PowerShell and to a POSIX shell: comments, and plain calls of tools that are the same
 * everywhere.
 *
 * ```text
 * kubectl get pods -n shop                 the same
 * kubectl get pods | Select-String shop    not the same
 * $env:NAMESPACE = "shop"                  not the same
 * ```
 */
export function sameInEveryShell(lines: readonly Line[]): boolean {
  const written = lines
    .map(({ text }) => text.trim())
    .filter(text => text !== '' && !text.startsWith('#'));
  return (
    written.length > 0 &&
    written.every(text => !OWN_SIGNS.test(text) && callsKnownTool(text))
  );
}

import {
  CLUSTER_PROGRAMS,
  type StatementLines,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { StepExecution } from '@backstage-runbooks/plugin-runbooks-node';
import {
  IDENTITY_FILES,
  kubeconfigText,
  type SandboxFile,
  type SandboxGateway,
} from './sandboxArguments';
import { PRELUDE } from './sandboxPrelude';
import { INSIDE, RELAY } from './sandboxScripts';
import { stepEnvironment } from './stepEnvironment';
import { TOOL_REPORTER } from './toolReporter';

/**
 * Everything that a sandbox gets as text: the step, what it starts with, and who it is.
 *
 * @param tools - Names of the programs that a step has.
 */
export function stepFiles(
  execution: StepExecution,
  pieces: readonly StatementLines[],
  tools: ReadonlySet<string>,
  relay: SandboxGateway['relay'],
): SandboxFile[] {
  return [
    ...CLUSTER_PROGRAMS.filter(name => tools.has(name)).map(name => ({
      path: `${INSIDE.reporters}/${name}`,
      text: TOOL_REPORTER,
      executable: true,
    })),
    { path: INSIDE.step, text: execution.text },
    { path: INSIDE.prelude, text: PRELUDE },
    { path: INSIDE.environment, text: environmentText(execution) },
    { path: INSIDE.pieces, text: piecesText(pieces) },
    { path: INSIDE.plans, text: pieces.map(planText).join('') },
    ...(relay === 'inside' ? [{ path: INSIDE.relay, text: RELAY }] : []),
    ...(execution.gatewaySocket
      ? [
          {
            path: INSIDE.kubeconfig,
            text: kubeconfigText(execution.namespace),
          },
        ]
      : []),
    ...IDENTITY_FILES,
  ];
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/** NUL-separated `NAME=value`, with a `+` in front of what programs see. */
function environmentText(execution: StepExecution): string {
  const plain = (value: string) => ({ value, exported: false });
  const environment = {
    ...stepEnvironment(execution),
    __runbooks_directory: plain(execution.carried.workingDirectory),
    __runbooks_locked: plain(execution.locked.join(' ')),
    __runbooks_stop: plain(execution.stopAtFailure ? '1' : '0'),
  };
  return Object.entries(environment)
    .map(
      ([name, { value, exported }]) =>
        `${exported ? '+' : ''}${name}=${value}\0`,
    )
    .join('');
}

/** One line per line of the step: the number of the piece that it belongs to, from 1. */
function piecesText(pieces: readonly StatementLines[]): string {
  const lines: string[] = [];
  pieces.forEach(({ line, endLine }, index) => {
    for (let at = line; at <= endLine; at += 1) lines[at - 1] = `${index + 1}`;
  });
  return Array.from(lines, number => `${number ?? 0}\n`).join('');
}

/**
 * What bash is told about a piece: `2&1;` is two commands that are joined by a pipe, and one more that is run where
 * they end well; nothing, where the piece is a program. A `+` at the end: failures in its substitutions count.
 */
function planText(piece: StatementLines): string {
  const pipelines = (piece.pipelines ?? []).map(
    ({ parts, guardsNext }) => `${parts}${guardsNext ? '&' : ';'}`,
  );
  const isTraced = piece.pipelines && piece.hasPlainSubstitutions;
  return `${pipelines.join('')}${isTraced ? '+' : ''}\n`;
}

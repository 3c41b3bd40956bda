import type { StatementLines } from '@backstage-runbooks/plugin-runbooks-common';
import type { StepExecution } from '@backstage-runbooks/plugin-runbooks-node';
import {
  IDENTITY_FILES,
  kubeconfigText,
  type SandboxFile,
} from './sandboxArguments';
import { INSIDE, PRELUDE, RELAY } from './sandboxScripts';
import { stepEnvironment } from './stepEnvironment';

/** Everything that a sandbox gets as text: the step, what it starts with, and who it is. */
export function stepFiles(
  execution: StepExecution,
  pieces: readonly StatementLines[],
): SandboxFile[] {
  return [
    { path: INSIDE.step, text: execution.text },
    { path: INSIDE.prelude, text: PRELUDE },
    { path: INSIDE.environment, text: environmentText(execution) },
    { path: INSIDE.pieces, text: piecesText(pieces) },
    ...(execution.gatewaySocket
      ? [
          { path: INSIDE.relay, text: RELAY },
          {
            path: INSIDE.kubeconfig,
            text: kubeconfigText(execution.namespace),
            writable: true,
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
  const directory = {
    value: execution.carried.workingDirectory,
    exported: false,
  };
  const environment = {
    ...stepEnvironment(execution),
    __runbooks_directory: directory,
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

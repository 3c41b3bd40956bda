import {
  carriedVariables,
  isVariableName,
  type StatementLines,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { StepExecution } from '@backstage-runbooks/plugin-runbooks-node';
import {
  IDENTITY_FILES,
  kubeconfigText,
  type SandboxFile,
} from './sandboxArguments';
import { INSIDE, PRELUDE, RELAY } from './sandboxScripts';

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

/** NUL-separated `NAME=value`; what was chosen for this step wins over what an earlier one left. */
function environmentText(execution: StepExecution): string {
  const { variables, workingDirectory } = execution.carried;
  const environment: Record<string, string> = {
    ...carriedVariables(variables, byteLength),
    ...execution.environment,
    RUN_ID: execution.runId,
    STEP_ID: execution.stepId,
    ATTEMPT: String(execution.attempt),
    __runbooks_directory: workingDirectory,
  };
  return Object.entries(environment)
    .filter(([name, value]) => isVariableName(name) && !value.includes('\0'))
    .map(([name, value]) => `${name}=${value}\0`)
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

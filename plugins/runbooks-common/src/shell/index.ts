export * from './model';
export { readShell, MAX_SHELL_TEXT } from './readShell';
export type { ReadShellOptions } from './readShell';
export { explainShell } from './explainShell';
export type { ShellExplanation } from './explainShell';
export { ShellSession } from './earlierTexts';
export type {
  EarlierTexts,
  ShellLeaves,
  VariableValues,
  WorkingFolder,
} from './leaves';
export { parameterName } from './parameterName';
export { isScriptReason } from './scriptReason';

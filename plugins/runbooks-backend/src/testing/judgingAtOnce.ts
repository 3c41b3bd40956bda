import {
  approvedChanges,
  bindTask,
  decideBoundWrite,
  decidePreview,
  filesOfStep,
  planTask,
  previewTask,
  secretValuesInManifest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { JudgingProcesses } from '../reading/JudgingProcesses';

/** Judges where it is asked, without processes. */
export const judgingAtOnce: Pick<
  JudgingProcesses,
  | 'plan'
  | 'bind'
  | 'files'
  | 'mayPreview'
  | 'preview'
  | 'approvedChanges'
  | 'boundWrite'
  | 'secretValues'
> = {
  plan: async (task, asked) => planTask(task, asked),
  bind: async (task, asked) => bindTask(task, asked),
  files: async (task, asked) => filesOfStep(task, asked),
  mayPreview: async step => decidePreview(step),
  preview: async task => previewTask(task),
  approvedChanges: async task => approvedChanges(task),
  boundWrite: async task => decideBoundWrite(task),
  secretValues: async text => secretValuesInManifest(text),
};

import {
  bindTask,
  decidePreview,
  filesOfStep,
  planTask,
  previewTask,
  secretValuesInManifest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { JudgingThreads } from '../reading/JudgingThreads';

/** Judges where it is asked, without threads. */
export const judgingAtOnce: Pick<
  JudgingThreads,
  'plan' | 'bind' | 'files' | 'mayPreview' | 'preview' | 'secretValues'
> = {
  plan: async (task, asked) => planTask(task, asked),
  bind: async (task, asked) => bindTask(task, asked),
  files: async (task, asked) => filesOfStep(task, asked),
  mayPreview: async step => decidePreview(step),
  preview: async task => previewTask(task),
  secretValues: async text => secretValuesInManifest(text),
};

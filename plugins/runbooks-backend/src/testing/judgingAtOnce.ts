import {
  bindTask,
  decidePreview,
  filesOfStep,
  planTask,
  secretValuesInManifest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { JudgingThreads } from '../reading/JudgingThreads';

/** Judges where it is asked, without threads. */
export const judgingAtOnce: Pick<
  JudgingThreads,
  'plan' | 'bind' | 'files' | 'preview' | 'secretValues'
> = {
  plan: async (task, asked) => planTask(task, asked),
  bind: async (task, asked) => bindTask(task, asked),
  files: async (task, asked) => filesOfStep(task, asked),
  preview: async step => decidePreview(step),
  secretValues: async text => secretValuesInManifest(text),
};

export { decidePreview, whyNoPreview } from './decidePreview';
export type { PreviewDecision, PreviewedStep } from './decidePreview';
export * from './DryRunWrite';
export * from './model';
export { previewChanged } from './previewChanged';
export { previewOf } from './previewOf';
export type { PreviewOptions } from './previewOf';
export { previewTask } from './previewTask';
export type { PreviewTask } from './previewTask';

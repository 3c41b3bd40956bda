import { createRedactor, SecretForms } from '../redaction';
import type { DryRunWrite } from './DryRunWrite';
import type { Preview } from './model';
import { previewOf, type PreviewOptions } from './previewOf';

/** What a preview is made of, values only, so that it can be handed to another thread. @public */
export interface PreviewTask extends Omit<PreviewOptions, 'hide'> {
  writes: readonly DryRunWrite[];
  /** Values that are not shown, besides what looks like a credential. */
  secrets: readonly string[];
}

/** The same as `previewOf`, of values. @public */
export function previewTask({
  writes,
  secrets,
  ...options
}: PreviewTask): Preview {
  const forms = new SecretForms();
  for (const value of secrets) forms.add(value);
  const redactor = createRedactor({ secrets: forms });
  return previewOf(writes, {
    ...options,
    hide: text => redactor.push(text) + redactor.flush(),
  });
}

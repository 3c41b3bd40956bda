import { setImmediate } from 'node:timers/promises';
import { SecretForms } from '@backstage-runbooks/plugin-runbooks-common';

/** Milliseconds at a time, so that others go on; ten thousand values take a second. */
const AT_ONCE_MS = 10;

/** The forms of secret values, made while the backend goes on with other things. */
export async function secretFormsOf(
  values: Iterable<string>,
): Promise<SecretForms> {
  const forms = new SecretForms();
  let began = performance.now();
  for (const value of values) {
    forms.add(value);
    if (performance.now() - began < AT_ONCE_MS) continue;
    await setImmediate();
    began = performance.now();
  }
  return forms;
}

import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { RunRefusal } from '@backstage-runbooks/plugin-runbooks-common';

const ERRORS: Record<RunRefusal['code'], new (message: string) => Error> = {
  'run-finished': ConflictError,
  'run-cancelling': ConflictError,
  'unknown-step': NotFoundError,
  'wrong-kind-of-step': InputError,
  'wrong-state': ConflictError,
  'step-in-flight': ConflictError,
  'approval-needed': NotAllowedError,
  'confirmation-mismatch': InputError,
  'approval-expired': ConflictError,
  'not-known-yet': ConflictError,
  'already-decided': ConflictError,
  'digest-mismatch': ConflictError,
  'own-request': NotAllowedError,
  'not-entitled': NotAllowedError,
  'not-a-participant': NotAllowedError,
  'reason-missing': InputError,
  'steps-in-flight': ConflictError,
  held: ConflictError,
  'too-many-events': ConflictError,
};

/** The error that a refusal becomes on the way to the browser; its message is the refusal's. */
export function refusalToError(refusal: RunRefusal): Error {
  return new ERRORS[refusal.code](refusal.message);
}

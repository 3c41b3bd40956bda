/** Why a command on a run was refused: a value to show to the person who asked, never an exception. @public */
export interface RunRefusal {
  code:
    | 'run-finished'
    | 'run-cancelling'
    | 'unknown-step'
    | 'wrong-kind-of-step'
    | 'wrong-state'
    | 'step-in-flight'
    | 'approval-needed'
    | 'not-known-yet'
    | 'already-decided'
    | 'confirmation-mismatch'
    | 'approval-expired'
    | 'digest-mismatch'
    | 'own-request'
    | 'not-entitled'
    | 'not-a-participant'
    | 'reason-missing'
    | 'steps-in-flight'
    | 'held'
    | 'too-many-events';
  message: string;
}

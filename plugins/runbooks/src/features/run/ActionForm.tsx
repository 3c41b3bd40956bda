import type {
  RunCommandRequest,
  StepActionKind,
} from '@backstage-runbooks/plugin-runbooks-common';
import { WordsForm } from '../../components/WordsForm';
import { ReasonText } from '../step/ReasonText';
import type { RunStepView } from './runPageView';

/** The words that an action wants from the person; nothing for actions that want none. */
export function ActionForm(props: {
  kind: StepActionKind;
  step: RunStepView;
  asksTyped: boolean;
  isSending: boolean;
  onSend: (command: RunCommandRequest) => void;
  onCancel: () => void;
}) {
  const { kind, step, asksTyped, isSending, onSend, onCancel } = props;
  const stepId = step.step.id;
  const common = { isSending, onCancel };
  switch (kind) {
    case 'request-approval': {
      const requires = step.planned.requires;
      const typed =
        requires.kind === 'approval-and-confirmation'
          ? requires.typed
          : undefined;
      return (
        <WordsForm
          {...common}
          lead={
            typed ? (
              <>
                This is destructive: <ReasonText because={step.step.because} />
              </>
            ) : undefined
          }
          typed={typed}
          asksTyped={asksTyped}
          label="Reason for the approver"
          submit="Request approval"
          onSubmit={(words, confirmation) =>
            onSend({
              kind: 'request-approval',
              stepId,
              ...(words ? { reason: words } : {}),
              ...(confirmation ? { confirmation } : {}),
            })
          }
        />
      );
    }
    case 'deny':
      return (
        <WordsForm
          {...common}
          label="Why not"
          submit="Deny"
          onSubmit={reason =>
            onSend({ kind: 'deny', stepId, ...(reason ? { reason } : {}) })
          }
        />
      );
    case 'confirm':
      return (
        <WordsForm
          {...common}
          label="Note (optional)"
          submit="Mark as done"
          onSubmit={note =>
            onSend({ kind: 'confirm', stepId, ...(note ? { note } : {}) })
          }
        />
      );
    case 'skip':
      return (
        <WordsForm
          {...common}
          required
          label="Why it is skipped"
          submit="Skip"
          onSubmit={reason => onSend({ kind: 'skip', stepId, reason })}
        />
      );
    default:
      return null;
  }
}

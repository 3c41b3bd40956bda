import type {
  AllowedWrite,
  AllowedWrites,
  Effect,
  StepAction,
  StepActionKind,
  StepState,
} from '@backstage-runbooks/plugin-runbooks-common';
import { assertNever } from '@backstage-runbooks/plugin-runbooks-common';
import { listWords } from '../../words/listWords';

/** A button of a step. */
export interface ActionButton {
  kind: StepActionKind;
  label: string;
  /** What leaves a step out is no answer to whoever asked for it: it looks like none. */
  emphasis: 'primary' | 'plain' | 'quiet';
  /** Why it cannot be pressed. */
  because?: string;
}

/** The button that previews a step: no action of the run, for nothing comes of it. */
export type PreviewButtonView = Pick<ActionButton, 'label' | 'because'>;

/**
 * The buttons of a step in the order of use; judging and settling have their own places. `approvesLast`: with the
 * approval of the person looking none is missing.
 */
export function actionButtons(
  actions: StepAction[],
  state: StepState,
  approvesLast: boolean,
): ActionButton[] {
  const order: StepActionKind[] = [
    'approve',
    'deny',
    'run',
    'request-approval',
    'confirm',
    'skip',
  ];
  const offered = order.flatMap(kind =>
    actions.filter(action => action.kind === kind),
  );
  const wasRun = state.status === 'succeeded' || state.status === 'failed';
  const primary = offered.find(
    action =>
      !wasRun &&
      action.permitted.allowed &&
      action.kind !== 'skip' &&
      action.kind !== 'deny',
  );
  return offered.map(action => ({
    kind: action.kind,
    label:
      action.kind === 'approve' && action.permitted.allowed && approvesLast
        ? 'Approve and run'
        : actionLabel(action.kind, state),
    emphasis: emphasisOf(action, action === primary),
    because: action.permitted.allowed ? undefined : action.permitted.because,
  }));
}

/**
 * The button that shows what a step would change before an approval of it is asked for, by the same right; undefined
 * where no approval can be asked for, or where nothing would change.
 */
export function previewButton(
  actions: StepAction[],
  effect: Effect,
): PreviewButtonView | undefined {
  const asking = actionOf(actions, 'request-approval');
  if (!asking || effect === 'local' || effect === 'read') return undefined;
  return {
    label: 'Preview',
    because: asking.permitted.allowed ? undefined : asking.permitted.because,
  };
}

function emphasisOf(
  { kind }: StepAction,
  isPrimary: boolean,
): ActionButton['emphasis'] {
  if (isPrimary) return 'primary';
  return kind === 'skip' ? 'quiet' : 'plain';
}

/** Reasons why buttons are disabled, each once with the buttons it is about. */
export function refusalLines(
  buttons: ReadonlyArray<Pick<ActionButton, 'label' | 'because'>>,
): string[] {
  const labelsByReason = new Map<string, string[]>();
  for (const { because, label } of buttons) {
    if (because) {
      labelsByReason.set(because, [
        ...(labelsByReason.get(because) ?? []),
        label,
      ]);
    }
  }
  return [...labelsByReason].map(
    ([because, labels]) => `${labels.join(', ')}: ${because}`,
  );
}

/** What the person may do of one kind; undefined where the server does not offer it. */
export function actionOf(actions: StepAction[], kind: StepActionKind) {
  return actions.find(action => action.kind === kind);
}

const ANY_COMMAND = ', and any command inside the pods there (kubectl exec)';

/** What a step may write, as an approver reads it. */
export function writesLines(writes: AllowedWrites): string[] {
  switch (writes.kind) {
    case 'none':
      return ['Nothing in the cluster'];
    case 'listed':
      return writes.writes.length > 0
        ? writes.writes.map(writeLine)
        : ['Nothing in the cluster'];
    case 'any-in-namespaces':
      return [
        `Any write in ${listWords(writes.namespaces)}${
          writes.executes === 'any' ? ANY_COMMAND : ''
        }: what exactly cannot be told from the text`,
        ...(Array.isArray(writes.executes)
          ? writes.executes.map(writeLine)
          : []),
        writes.destructive
          ? 'Also what cannot be taken back: scaling to zero, deleting collections, evictions, removing finalizers'
          : 'Not what cannot be taken back: scaling to zero, deleting collections, evictions, removing finalizers',
      ];
    default:
      return assertNever(writes);
  }
}

function writeLine(write: AllowedWrite): string {
  const resource = [write.resource, write.subresource]
    .filter(Boolean)
    .join('/');
  const group = write.group ? ` (${write.group})` : '';
  const any = write.selector ? `with ${write.selector}` : 'any name';
  const name = write.name === '*' ? any : write.name;
  const place = write.namespace
    ? ` in ${write.namespace === '*' ? 'any namespace' : write.namespace}`
    : '';
  const command = write.command ? `: ${write.command.join(' ')}` : '';
  return `${write.verb} ${resource}${group} ${name}${place}${command}`;
}

function actionLabel(kind: StepActionKind, state: StepState): string {
  const wasRun = state.status === 'succeeded' || state.status === 'failed';
  switch (kind) {
    case 'approve':
      return 'Approve';
    case 'run':
      return wasRun ? 'Run step again' : 'Run step';
    case 'request-approval':
      return wasRun || state.status === 'denied'
        ? 'Request approval again'
        : 'Request approval';
    case 'deny':
      return 'Deny';
    case 'confirm':
      return 'Mark as done';
    case 'skip':
      return 'Skip';
    case 'judge':
      return 'Judge';
    case 'settle-interruption':
      return 'Settle';
    default:
      return assertNever(kind);
  }
}

import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  visibleText,
  type EntityRef,
  type Plan,
  type PlannedStep,
  type RunNotice,
} from '@backstage-runbooks/plugin-runbooks-common';

const MAX_CHARACTERS = 300;

type NoticeText = Required<
  Pick<NotificationSendOptions['payload'], 'title' | 'description' | 'severity'>
>;

/**
 * A notice in words. Lists cut texts, so each begins with what matters: what would be changed, or who decided. A tick
 * is shown for `normal` alone: nothing that waits, failed or is only to be known has it.
 *
 * @param step - Missing where the notice is about the run.
 */
export function noticeText(
  plan: Plan,
  step: PlannedStep | undefined,
  { to, subject }: RunNotice,
  nameOf: (entityRef: EntityRef) => string,
): NoticeText {
  const said = words(plan, step, subject, nameOf);
  return {
    title: plain(`${said.title}: ${step?.title ?? plan.procedure.title}`),
    description: plain(said.description),
    severity:
      to.kind === 'approvers' && subject.kind !== 'approval-wanted'
        ? 'low'
        : said.severity,
  };
}

function words(
  plan: Plan,
  step: PlannedStep | undefined,
  subject: RunNotice['subject'],
  nameOf: (entityRef: EntityRef) => string,
): NoticeText {
  const on = nameOf(plan.entityRef);
  const by = 'by' in subject ? nameOf(subject.by) : '';
  switch (subject.kind) {
    case 'approval-wanted':
      return {
        title: 'Approval wanted',
        description: `${sentence(
          step?.because ?? 'changes something',
        )} ${by} asks for it on ${on}${reasonOf(subject.reason)}.`,
        severity: 'high',
      };
    case 'approved':
      return subject.missing.length === 0
        ? {
            title: 'Approved',
            description: `${by} approved it on ${on}.`,
            severity: 'normal',
          }
        : {
            title: 'Approved in part',
            description: `${by} approved it on ${on}; it waits for an owner of ${subject.missing
              .map(nameOf)
              .join(' and one of ')}.`,
            severity: 'low',
          };
    case 'denied':
      return {
        title: 'Denied',
        description: `${by} denied it on ${on}${reasonOf(subject.reason)}.`,
        severity: 'high',
      };
    case 'expired':
      return {
        title: 'Not approved in time',
        description: `Nobody decided about it on ${on} in time. It did not run.`,
        severity: 'high',
      };
    case 'voided':
      return {
        title: 'Not started',
        description: `It did not run on ${on}: ${subject.because}.`,
        severity: 'high',
      };
    case 'withdrawn':
      return {
        title: 'No approval wanted any more',
        description: `${by} left it out on ${on}, or ended the run.`,
        severity: 'low',
      };
    case 'succeeded':
      return {
        title: 'Ran',
        description: `It ended well on ${on}, after its approval.`,
        severity: 'normal',
      };
    case 'failed':
      return {
        title: 'Failed',
        description: `On ${on}: ${subject.because}.`,
        severity: 'high',
      };
    case 'interrupted':
      return {
        title: 'Interrupted',
        description: `Nobody saw how it ended on ${on}: ${subject.because}. A person decides what becomes of it.`,
        severity: 'high',
      };
    default:
      return {
        title: `Ended as ${subject.outcome}`,
        description: `${by} ended your run on ${on}.`,
        severity: 'low',
      };
  }
}

function reasonOf(reason: string | undefined): string {
  return reason ? `: ${reason.trim().replace(/\.$/, '')}` : '';
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** Titles and reasons come from documents: mail and chat must not be led by what is not seen, nor by several lines. */
function plain(text: string): string {
  const line = visibleText(text).replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length > MAX_CHARACTERS
    ? `${characters.slice(0, MAX_CHARACTERS).join('')}…`
    : line;
}

import type { RunView } from '@backstage-runbooks/plugin-runbooks-common';
import { hoursAgo } from './clock';
import { AUTH } from './documents';
import { LENA, SAM, VIEWER } from './people';
import { PREVIEWS } from './previews';
import {
  allowed,
  APPROVAL_REQUEST,
  CHECKED,
  runView,
  stepResult,
} from './runs';

const SCALING = 'high-latency/2.1';

/** Runs whose approver sees a preview, one for each outcome, and one that was approved with it, by id. */
export function runsWithPreviews(): Record<string, RunView> {
  const views = [
    ...Object.values(PREVIEWS).map(preview =>
      runView(
        `preview-${preview.outcome}`,
        {
          'high-latency/1.1': CHECKED,
          [SCALING]: {
            status: 'waiting-approval',
            request: { ...APPROVAL_REQUEST, requestedBy: SAM, preview },
            given: [],
          },
        },
        { [SCALING]: [allowed('approve'), allowed('deny')] },
      ),
    ),
    approved(),
  ];
  return Object.fromEntries(views.map(view => [view.run.id, view]));
}

function approved(): RunView {
  return runView(
    'preview-approved',
    {
      'high-latency/1.1': CHECKED,
      [SCALING]: {
        status: 'succeeded',
        attempt: 1,
        result: stepResult({ calls: { total: 4, writes: 1, refused: 0 } }),
        approval: {
          ...APPROVAL_REQUEST,
          preview: PREVIEWS.changes,
          given: [
            {
              approvedBy: LENA,
              approvedAt: hoursAgo(0.03),
              covers: [
                { entityRef: AUTH, entitledBy: 'on call for auth-service' },
              ],
            },
          ],
        },
      },
    },
    { [SCALING]: [allowed('request-approval'), allowed('judge')] },
    { requestedBy: VIEWER },
  );
}

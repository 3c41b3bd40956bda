import type {
  Plan,
  PlanProblem,
  PlanRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useReducer, useState } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';

/** Where planning stands. `plan` is the newest one, which may be of older values while planning. */
export type PlanState =
  | { status: 'not-asked'; plan?: undefined }
  | { status: 'planning'; plan?: Plan }
  | { status: 'planned'; plan: Plan }
  | { status: 'refused'; problems: PlanProblem[]; plan?: Plan }
  | { status: 'failed'; error: Error; plan?: Plan };

type PlanChange =
  | { kind: 'asked' }
  | { kind: 'planned'; plan: Plan }
  | { kind: 'refused'; problems: PlanProblem[] }
  | { kind: 'failed'; error: Error };

const TYPING_PAUSE_MS = 350;

/**
 * Plans a little after the person stopped typing; an answer to older values is dropped.
 *
 * @param mayPlan - Nothing is asked where it is false.
 */
export function usePlan(request: PlanRequest, mayPlan: boolean) {
  const api = useApi(runbooksApiRef);
  const [state, change] = useReducer(applyPlanChange, {
    status: mayPlan ? 'planning' : 'not-asked',
  });
  const [asked, setAsked] = useState(0);
  const key = JSON.stringify(request);

  useEffect(() => {
    if (!mayPlan) return undefined;
    let current = true;
    const keep = (planChange: PlanChange) => {
      if (current) change(planChange);
    };
    keep({ kind: 'asked' });
    const timer = setTimeout(() => {
      api.plan(JSON.parse(key) as PlanRequest).then(
        response =>
          keep(
            response.kind === 'planned'
              ? { kind: 'planned', plan: response.plan }
              : { kind: 'refused', problems: response.problems },
          ),
        error => keep({ kind: 'failed', error }),
      );
    }, TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, key, asked, mayPlan]);

  return { state, planAgain: () => setAsked(count => count + 1) };
}

function applyPlanChange(before: PlanState, change: PlanChange): PlanState {
  switch (change.kind) {
    case 'asked':
      return { status: 'planning', plan: before.plan };
    case 'planned':
      return { status: 'planned', plan: change.plan };
    case 'refused':
      return { status: 'refused', problems: change.problems };
    default:
      return { status: 'failed', error: change.error, plan: before.plan };
  }
}

import type { StartRunRequest } from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useRunbooksPaths } from '../../paths';
import { idempotencyKey } from './idempotencyKey';

/** Where the start of a run stands. */
export type StartState =
  | { status: 'idle' }
  | { status: 'starting' }
  | { status: 'plan-changed' }
  | { status: 'failed'; error: Error };

/**
 * Starts a run and goes to its page; a plan that changed meanwhile is planned again and never started.
 *
 * A press after an answer that was lost sends the key of the press before, so that no second run begins.
 */
export function useStart(onPlanChanged: () => void) {
  const api = useApi(runbooksApiRef);
  const navigate = useNavigate();
  const paths = useRunbooksPaths();
  const [state, setState] = useState<StartState>({ status: 'idle' });
  const sent = useRef<{ request: string; key: string }>();

  const start = async (request: StartRunRequest) => {
    setState({ status: 'starting' });
    const asked = JSON.stringify(request);
    if (sent.current?.request !== asked) {
      sent.current = { request: asked, key: idempotencyKey() };
    }
    try {
      const { run } = await api.startRun({
        ...request,
        idempotencyKey: sent.current.key,
      });
      sent.current = undefined;
      navigate(paths.run(run.id));
    } catch (error) {
      if (error instanceof ResponseError && error.statusCode === 409) {
        setState({ status: 'plan-changed' });
        onPlanChanged();
      } else {
        setState({
          status: 'failed',
          error: error instanceof Error ? error : new Error(String(error)),
        });
      }
    }
  };
  return { state, start };
}

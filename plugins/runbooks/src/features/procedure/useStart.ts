import type { StartRunRequest } from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useRunbooksPaths } from '../../paths';

/** Where the start of a run stands. */
export type StartState =
  | { status: 'idle' }
  | { status: 'starting' }
  | { status: 'plan-changed' }
  | { status: 'failed'; error: Error };

/** Starts a run and goes to its page; a plan that changed meanwhile is planned again and never started. */
export function useStart(onPlanChanged: () => void) {
  const api = useApi(runbooksApiRef);
  const navigate = useNavigate();
  const paths = useRunbooksPaths();
  const [state, setState] = useState<StartState>({ status: 'idle' });

  const start = async (request: StartRunRequest) => {
    setState({ status: 'starting' });
    try {
      const { run } = await api.startRun(request);
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

import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { procedureView } from '../../testing/documents';
import { FakeRunbooksApi } from '../../testing/FakeRunbooksApi';
import { initialPlanForm, planRequest } from './planForm';
import { usePlan } from './usePlan';

describe('the plan on the page of a procedure', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  async function open(mayPlan: boolean) {
    const api = new FakeRunbooksApi();
    const plan = jest.spyOn(api, 'plan');
    const view = procedureView();
    const request = planRequest(view, initialPlanForm(view));
    const { result } = renderHook(() => usePlan(request, mayPlan), {
      wrapper: ({ children }: PropsWithChildren) => (
        <TestApiProvider apis={[[runbooksApiRef, api]]}>
          {children}
        </TestApiProvider>
      ),
    });
    await act(() => jest.advanceTimersByTimeAsync(5_000));
    return { plan, state: result.current.state };
  }

  it('is asked for by somebody who may plan', async () => {
    const { plan, state } = await open(true);
    expect(plan).toHaveBeenCalledTimes(1);
    expect(state.status).not.toBe('not-asked');
  });

  it('is not asked for by somebody who may only read', async () => {
    const { plan, state } = await open(false);
    expect(plan).not.toHaveBeenCalled();
    expect(state).toEqual({ status: 'not-asked' });
  });
});

import type { ApiCall } from '@backstage-runbooks/plugin-runbooks-common';
import { callView } from './callView';

const PATCH: ApiCall = {
  id: '1',
  at: '2026-11-30T10:00:00.000Z',
  verb: 'patch',
  group: 'apps',
  resource: 'deployments',
  subresource: 'scale',
  namespace: 'identity',
  name: 'auth-service',
  decision: 'passed',
  dryRun: false,
  status: 200,
  durationMs: 14,
};

describe('a recorded call as a line', () => {
  it.each<{ what: string; call: Partial<ApiCall>; mark: string | undefined }>([
    { what: 'an accepted write', call: {}, mark: 'Write' },
    {
      what: 'a write that the API server refused',
      call: { status: 409 },
      mark: undefined,
    },
    {
      what: 'a write whose end was not seen',
      call: { status: undefined },
      mark: 'May have changed something',
    },
    {
      what: 'an exec',
      call: { verb: 'connect', subresource: 'exec', status: 101 },
      mark: 'Executed in a pod',
    },
    {
      what: 'a question about own rights',
      call: {
        verb: 'create',
        group: 'authorization.k8s.io',
        resource: 'selfsubjectaccessreviews',
        subresource: '',
        status: 201,
      },
      mark: undefined,
    },
    { what: 'a dry run', call: { dryRun: true }, mark: undefined },
    {
      what: 'a call that the gateway refused',
      call: { decision: 'refused', because: 'not approved' },
      mark: 'Refused',
    },
  ])('is marked by what it did: $what', ({ call, mark }) => {
    expect(callView({ ...PATCH, ...call }).mark?.label).toBe(mark);
  });

  it('tells verb, object and end', () => {
    expect(callView(PATCH)).toMatchObject({
      what: 'patch deployments/scale auth-service in identity',
      end: '200, 14 ms',
    });
  });
});

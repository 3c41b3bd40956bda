import { ResponseError } from '@backstage/errors';
import { RunbooksClient } from './RunbooksClient';

interface Asked {
  url: string;
  method: string;
  body?: unknown;
}

function clientThatGets(status: number, body: unknown) {
  const asked: Asked[] = [];
  const client = new RunbooksClient({
    discoveryApi: { getBaseUrl: async id => `http://backend/api/${id}` },
    fetchApi: {
      fetch: async (input, init) => {
        asked.push({
          url: String(input),
          method: init?.method ?? 'GET',
          body: init?.body ? JSON.parse(String(init.body)) : undefined,
        });
        return new Response(JSON.stringify(body), {
          status,
          headers: { 'content-type': 'application/json' },
        });
      },
    },
  });
  return { client, asked };
}

const AUTH = 'component:default/auth-service';

describe('the client of the backend', () => {
  it.each<{
    call: string;
    run: (client: RunbooksClient) => Promise<unknown>;
    asks: Asked;
  }>([
    {
      call: 'runbooks of an entity',
      run: client => client.getEntityRunbooks(AUTH),
      asks: {
        method: 'GET',
        url: '/entities/component/default/auth-service/runbooks',
      },
    },
    {
      call: 'a procedure, its ids encoded',
      run: client =>
        client.getProcedure({
          entityRef: AUTH,
          runbookId: 'a/b.md',
          procedureId: 'deploy/canary',
        }),
      asks: {
        method: 'GET',
        url: '/entities/component/default/auth-service/runbooks/a%2Fb.md/procedures/deploy%2Fcanary',
      },
    },
    {
      call: 'history without empty filters',
      run: client => client.listRuns({ entityRef: AUTH, state: '', limit: 25 }),
      asks: {
        method: 'GET',
        url: '/runs?entityRef=component%3Adefault%2Fauth-service&limit=25',
      },
    },
    {
      call: 'output from an offset',
      run: client =>
        client.getOutput({
          runId: 'r1',
          stepId: 'canary/1.2',
          attempt: 2,
          offset: 512,
        }),
      asks: {
        method: 'GET',
        url: '/runs/r1/steps/canary%2F1.2/attempts/2/output?offset=512',
      },
    },
    {
      call: 'a command to a run',
      run: client =>
        client.commandRun('r1', { kind: 'run-step', stepId: 'canary/1.2' }),
      asks: {
        method: 'POST',
        url: '/runs/r1/commands',
        body: { kind: 'run-step', stepId: 'canary/1.2' },
      },
    },
    {
      call: 'a preview of a step, with nothing to say',
      run: client => client.previewStep('r1', 'canary/1.2'),
      asks: {
        method: 'POST',
        url: '/runs/r1/steps/canary%2F1.2/preview',
      },
    },
  ])('asks for $call', async ({ run, asks }) => {
    const { client, asked } = clientThatGets(200, {});
    await run(client);
    expect(asked).toEqual([
      {
        ...asks,
        url: `http://backend/api/runbooks${asks.url}`,
        body: asks.body,
      },
    ]);
  });

  it('takes approvals out of their envelope', async () => {
    const { client } = clientThatGets(200, { approvals: [] });
    await expect(client.listApprovals()).resolves.toEqual([]);
  });

  it('keeps what the backend says when it refuses', async () => {
    const { client } = clientThatGets(409, {
      error: { name: 'ConflictError', message: 'The plan has changed' },
      response: { statusCode: 409 },
    });
    const refusal = await client.getRun('r1').catch(error => error);
    expect(refusal).toBeInstanceOf(ResponseError);
    expect(refusal.body.error.message).toBe('The plan has changed');
  });
});

import {
  callDone,
  countCalls,
  didText,
  isCounted,
  mayHaveChanged,
  sumCounts,
  type CallDone,
  type DoneCall,
} from './callDone';

const PATCH: DoneCall = {
  verb: 'patch',
  group: 'apps',
  resource: 'deployments',
  subresource: '',
  decision: 'passed',
  dryRun: false,
  status: 200,
};
const EXEC: DoneCall = {
  ...PATCH,
  verb: 'connect',
  group: '',
  resource: 'pods',
  subresource: 'exec',
  status: 101,
};

const CASES: Array<{ what: string; call: DoneCall; done: CallDone }> = [
  { what: 'an accepted write', call: PATCH, done: 'wrote' },
  {
    what: 'a write that the API server refuses',
    call: { ...PATCH, status: 403 },
    done: 'nothing',
  },
  {
    what: 'a write that is in conflict',
    call: { ...PATCH, status: 409 },
    done: 'nothing',
  },
  {
    what: 'a write whose end was not seen',
    call: { ...PATCH, status: undefined },
    done: 'uncertain',
  },
  {
    what: 'a write that ran out of time in the API server',
    call: { ...PATCH, status: 504 },
    done: 'uncertain',
  },
  {
    what: 'a write that the gateway refuses',
    call: { ...PATCH, decision: 'refused', status: 403 },
    done: 'nothing',
  },
  { what: 'a dry run', call: { ...PATCH, dryRun: true }, done: 'nothing' },
  {
    what: 'a dry run whose end was not seen',
    call: { ...PATCH, dryRun: true, status: undefined },
    done: 'nothing',
  },
  {
    what: 'a question about own rights',
    call: {
      ...PATCH,
      verb: 'create',
      group: 'authorization.k8s.io',
      resource: 'selfsubjectaccessreviews',
      status: 201,
    },
    done: 'nothing',
  },
  { what: 'a read', call: { ...PATCH, verb: 'get' }, done: 'nothing' },
  {
    what: 'a request that is no resource',
    call: { ...PATCH, verb: 'post', resource: '' },
    done: 'nothing',
  },
  { what: 'an exec', call: EXEC, done: 'executed' },
  {
    what: 'an exec that is refused',
    call: { ...EXEC, status: 403 },
    done: 'nothing',
  },
  {
    what: 'an exec of which nothing more was seen',
    call: { ...EXEC, status: undefined },
    done: 'uncertain',
  },
  {
    what: 'a port-forward',
    call: { ...EXEC, subresource: 'portforward' },
    done: 'connected',
  },
  {
    what: 'a proxy whose pod answers with an error',
    call: { ...EXEC, subresource: 'proxy', status: 404 },
    done: 'uncertain',
  },
  {
    what: 'a deletion of many that ends with an error',
    call: { ...PATCH, verb: 'deletecollection', status: 403 },
    done: 'uncertain',
  },
];

describe('what a recorded call did', () => {
  it.each(CASES)('is told of $what: $done', ({ call, done }) => {
    expect(callDone(call)).toBe(done);
  });
});

describe('counts of calls', () => {
  it('tell accepted writes from executions, and from what may have been done', () => {
    expect(countCalls(CASES.map(({ call }) => call))).toEqual({
      total: 17,
      writes: 1,
      refused: 1,
      executions: 1,
      connections: 1,
      uncertain: 5,
    });
  });

  it('tell answered reads of Secrets', () => {
    const read: DoneCall = {
      ...PATCH,
      verb: 'get',
      group: '',
      resource: 'secrets',
    };
    expect(
      countCalls([
        read,
        { ...read, verb: 'watch' },
        { ...read, verb: 'patch' },
        { ...read, status: 404 },
        { ...read, status: undefined },
        { ...read, decision: 'refused' },
        { ...read, group: 'example.com' },
      ]),
    ).toEqual({ total: 7, writes: 1, refused: 1, secretReads: 2 });
  });

  it('are summed', () => {
    const one = countCalls([PATCH, EXEC]);
    const other = countCalls([{ ...PATCH, status: undefined }]);
    expect(sumCounts([one, one, other])).toEqual({
      total: 5,
      writes: 2,
      refused: 0,
      executions: 2,
      uncertain: 1,
    });
  });

  it('name only what there was', () => {
    expect(countCalls([{ ...PATCH, times: 3 }])).toEqual({
      total: 3,
      writes: 3,
      refused: 0,
    });
  });

  it.each([
    { counts: { writes: 0 }, may: false, isAll: true, text: 'wrote nothing' },
    {
      counts: { writes: 1 },
      may: true,
      isAll: true,
      text: 'made 1 write',
    },
    {
      counts: { writes: 0, executions: 1 },
      may: true,
      isAll: false,
      text: 'executed in a pod',
    },
    {
      counts: { writes: 4, executions: 2, connections: 1, uncertain: 1 },
      may: true,
      isAll: false,
      text: 'made 4 writes, executed in a pod 2 times, opened a connection, may have changed something else',
    },
    {
      counts: { writes: 0, connections: 3, uncertain: 2 },
      may: true,
      isAll: false,
      text: 'opened 3 connections, may have changed something',
    },
  ])('are told in words: $text', ({ counts, may, isAll, text }) => {
    expect(didText(counts)).toBe(text);
    expect(mayHaveChanged(counts)).toBe(may);
    expect(isCounted(counts)).toBe(isAll);
  });
});

import { impersonationHeaders, impersonationProblem } from './impersonation';

describe('as whom the portal acts', () => {
  it('is named after the entity of the run', () => {
    expect(
      impersonationHeaders(
        { user: 'runbooks:{entity}', groups: ['runbooks:{namespace}', 'ops'] },
        'component:default/payments',
      ),
    ).toEqual({
      'impersonate-user': 'runbooks:component:default/payments',
      'impersonate-group': ['runbooks:default', 'ops'],
    });
  });

  it('has a user where only groups are configured, because Kubernetes takes none without', () => {
    expect(
      impersonationHeaders({ groups: ['{kind}s'] }, 'component:default/a'),
    ).toEqual({
      'impersonate-user': 'runbooks',
      'impersonate-group': ['components'],
    });
  });

  it('is the portal itself where nothing is configured', () => {
    expect(impersonationHeaders(undefined, 'component:default/a')).toEqual({});
  });

  it.each(['runbooks:{entity}', 'runbooks', 'team:{namespace}/{name}'])(
    'may be %j',
    template => expect(impersonationProblem(template)).toBeUndefined(),
  );

  it.each([
    ['system:masters', /Kubernetes’ own/],
    ['{name}', /placeholder or with/],
    ['runbooks:{owner}', /not known/],
    ['a\r\nImpersonate-Group: system:masters', /characters/],
    ['', /characters/],
  ])('may not be %j', (template, problem) => {
    expect(impersonationProblem(template)).toMatch(problem);
  });
});

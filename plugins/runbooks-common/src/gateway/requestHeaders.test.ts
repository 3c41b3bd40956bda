import { headerProblem, passingHeaders } from './requestHeaders';

describe('the headers of a step', () => {
  it('pass only where they are known to be harmless', () => {
    expect(
      passingHeaders({
        accept: ['application/json'],
        authorization: ['Bearer mine'],
        'audit-id': ['forged'],
        'x-remote-user': ['admin'],
        'user-agent': ['kubectl'],
        cookie: ['a=b'],
      }),
    ).toEqual({ accept: ['application/json'] });
  });

  it('keep every line that an upgrade needs', () => {
    const lines = ['v4.channel.k8s.io', 'v3.channel.k8s.io'];
    expect(passingHeaders({ 'x-stream-protocol-version': lines })).toEqual({
      'x-stream-protocol-version': lines,
    });
  });

  it.each<[string, string[], RegExp]>([
    ['authorization', ['Bearer mine'], /credential of its own/],
    ['Authorization', ['Basic eDp5'], /credential of its own/],
    ['proxy-authorization', ['Basic eDp5'], /credential of its own/],
    ['cookie', ['a=b'], /credential of its own/],
    ['x-remote-user', ['admin'], /credential of its own/],
    ['x-remote-extra-scopes', ['a'], /credential of its own/],
    [
      'sec-websocket-protocol',
      ['base64url.bearer.authorization.k8s.io.c2VjcmV0, v5.channel.k8s.io'],
      /credential of its own/,
    ],
    [
      'sec-websocket-protocol',
      ['v5.channel.k8s.io', 'base64url.bearer.authorization.k8s.io.x'],
      /credential of its own/,
    ],
    ['impersonate-user', ['viewer'], /cannot impersonate/],
    ['Impersonate-Group', ['system:masters'], /cannot impersonate/],
    ['impersonate-extra-a', ['b'], /cannot impersonate/],
    ['host', ['a', 'b'], /'host' stands 2 times/],
    ['content-type', ['application/json', 'text/plain'], /stands 2 times/],
    ['content-length', ['1', '2'], /stands 2 times/],
  ])('are refused with %s: %j', (name, lines, problem) => {
    expect(headerProblem({ [name]: lines })).toMatch(problem);
  });

  it('may be what kubectl sends', () => {
    expect(
      headerProblem({
        host: ['127.0.0.1:6443'],
        accept: ['application/json', '*/*'],
        'user-agent': ['kubectl/v1.33'],
        'x-stream-protocol-version': ['v4.channel.k8s.io', 'v3.channel.k8s.io'],
        'sec-websocket-protocol': ['v5.channel.k8s.io'],
      }),
    ).toBeUndefined();
  });
});

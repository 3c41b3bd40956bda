import { impersonates, passingHeaders } from './requestHeaders';

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

  it('lose a token that hides in a WebSocket protocol', () => {
    expect(
      passingHeaders({
        'sec-websocket-protocol': [
          'base64url.bearer.authorization.k8s.io.c2VjcmV0, v5.channel.k8s.io',
        ],
      }),
    ).toEqual({ 'sec-websocket-protocol': ['v5.channel.k8s.io'] });
    expect(
      passingHeaders({
        'sec-websocket-protocol': ['base64url.bearer.authorization.k8s.io.x'],
      }),
    ).toEqual({});
  });

  it.each(['impersonate-user', 'Impersonate-Group', 'impersonate-extra-a'])(
    'ask to be somebody else with %s',
    name => {
      expect(impersonates({ [name]: ['viewer'] })).toBe(true);
    },
  );

  it('ask nothing of that kind otherwise', () => {
    expect(impersonates({ accept: ['*/*'] })).toBe(false);
  });
});

import { isHiddenEverywhere } from './isHiddenEverywhere';

describe('a secret value is hidden wherever it stands', () => {
  it.each<[value: string, is: boolean, because: string]>([
    ['x1y', false, 'three characters are too few'],
    ['x1yz', true, 'four are enough'],
    [' x1y ', false, 'spaces around it do not count'],
    ['1234567', false, 'a number of seven digits may be any other'],
    ['12345678', true, 'one of eight is rare'],
    ['1234x', true, 'it only begins with a number'],
    ['x1234', true, 'it only ends with a number'],
    ['sesameop', false, 'a word of eight letters may be any other'],
    ['sesameope', true, 'one of nine is rare'],
    ['Sesameop', false, 'a capital in front makes no other word of it'],
    ['SesaMeop', true, 'a capital inside does'],
    ['sesame1', true, 'a digit does too'],
    ['--------', false, 'it is a line'],
    ['-=-=-=-=', false, 'two different characters are a filler'],
    ['-=+-=+-=', true, 'three are none'],
    ...[
      'administrator',
      'anonymous',
      'cluster.local',
      'credentials',
      'development',
      'elasticsearch',
      'kube-system',
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'localhost',
      'postgresql',
      'production',
      'rabbitmq-server',
      'undefined',
      '127.0.0.1',
      '0.0.0.0',
      'localhost:8080',
      'Production',
    ].map((word): [string, boolean, string] => [
      word,
      false,
      'it stands in every output',
    ]),
  ])('%j: %s, because %s', (value, is) => {
    expect(isHiddenEverywhere(value)).toBe(is);
  });
});

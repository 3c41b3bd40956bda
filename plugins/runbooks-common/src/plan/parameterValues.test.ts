import { isPlainValue, refuseValue } from './parameterValues';
import type { ParameterType } from '../document/model';

describe('values of parameters', () => {
  it.each<[ParameterType, string]>([
    ['pod', 'auth-service-6d5f-x2x'],
    ['namespace', 'fintech-services'],
    ['replicas', '4'],
    ['image', 'registry.example.com:5000/team/app:1.4.2'],
    ['image', 'nginx@sha256:'.concat('a'.repeat(64))],
    ['version', 'v1.2.3-rc.1'],
    ['duration', '90s'],
    ['url', 'https://grafana.example.com/d/x?from=now-1h'],
    ['path', './config/prod.yaml'],
    ['secret', `it's "any" $(thing)`],
    ['text', 'user@host:8080/path'],
    ['text', 'ann+ops@example.com'],
    ['text', 'Zürich'],
    ['text', '東京-1'],
    ['version', '1.4.0+build.7'],
    ['text', 'Sign-in is slow, we know'],
    ['text', `it's "50 %" = a,b; $(id) \`id\` * ~ #!`],
    ['text', '-1'],
    ['path', 'data/Orders of May.csv'],
    ['url', "https://x/a(b),c;d=$e!*'"],
  ])('a %s may be %s', (type, value) => {
    expect(refuseValue({ name: 'X', label: 'x', type }, value)).toBeUndefined();
  });

  it.each<[ParameterType, string]>([
    ['pod', '-it'],
    ['pod', 'a b'],
    ['pod', 'a;rm'],
    ['pod', '$(id)'],
    ['pod', 'a\nb'],
    ['namespace', 'Prod'],
    ['replicas', '-1'],
    ['replicas', '4; true'],
    ['image', 'nginx:1 --privileged'],
    ['url', 'https://x/"'],
    ['url', 'data:text/html,x'],
    ['text', 'a\u202eb'],
    ['text', 'a\u200bb'],
    ['text', 'two\nlines'],
    ['text', 'a\tb'],
    ['text', ' a'],
    ['text', 'a '],
    ['text', 'x'.repeat(1001)],
    ['path', 'a\0b'],
    ['text', 'a\u00a0b'],
    ['secret', 'two\nlines'],
  ])('a %s may not be %j', (type, value) => {
    expect(refuseValue({ name: 'X', label: 'pod name', type }, value)).toMatch(
      /^"pod name" cannot be .*expected /,
    );
  });

  it('does not show a secret in the refusal', () => {
    expect(
      refuseValue(
        { name: 'X', label: 'password', type: 'secret' },
        'hunter2\nx',
      ),
    ).not.toContain('hunter2');
  });

  it('takes as plain only what no interpreter reads as more than a word', () => {
    expect(isPlainValue('auth-service:v2')).toBe(true);
    expect(
      ['', '-a', 'a b', 'a"b', '{a}', 'a,b', 'a$b'].some(isPlainValue),
    ).toBe(false);
  });
});

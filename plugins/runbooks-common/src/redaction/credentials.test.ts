import { isCredentialLike, withoutCredentials } from './credentials';
import { REDACTED } from './redacted';

// Put together here, so that no scanner takes them for real ones.
const of = (prefix: string, length: number) => prefix + 'Z9'.repeat(length / 2);
const RANDOM = ['x8Kq2LmZ', 'p0RtV5wY', 'b7NcJ4sD'].join('');

describe('where a step lies', () => {
  it.each(['PWD=/run/step/files', 'OLDPWD=/run/step', 'SHLVL=1\nPWD=/tmp'])(
    '%s stays readable',
    text => {
      expect(withoutCredentials(text)).toBe(text);
    },
  );

  it.each(['DB_PWD=hunter2hunter2', 'pwd=hunter2hunter2', 'DB_PWD=/x9hunter2'])(
    '%s is hidden',
    text => {
      expect(withoutCredentials(text)).toContain(REDACTED);
    },
  );
});

describe('a value that looks like a credential', () => {
  it.each([
    of('ghp_', 36),
    of('glpat-', 20),
    of('AKIA', 16),
    `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`,
    'postgres://app:hunter2@db:5432/x',
    'https://example.com/hook?token=abc',
    '-----BEGIN PRIVATE KEY-----\nMHcCAQ\n-----END PRIVATE KEY-----',
    RANDOM,
    `${RANDOM}==`,
    `wJa1rXUtnFEMI/K7MDENG/bPx9RfiCYz${'E3'.repeat(4)}`,
    `DB=${RANDOM}`,
  ])('is %s', value => {
    expect(isCredentialLike(value)).toBe(true);
    expect(withoutCredentials(`because ${value} said so`)).toContain(REDACTED);
  });

  it.each([
    '',
    'auth-service',
    'web-7d4b9c6f5-abcde',
    'payments-worker-7d4b9c6f5b-x2x9z',
    'bd15f4170c3e9c4b2a8d1f6e5a4b3c2d1e0f9a8b',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'registry.example.com/team/Payments-API:1.42.0-rc.1@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'sha512-47DEQpj8HBSaTImW5JCeuQeRkm5NMpJWZG3hSuFU9x2Q==',
    '550e8400-e29b-41d4-a716-446655440000',
    '550E8400-E29B-41D4-A716-446655440000',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    '2026-03-10T12:00:00.000Z',
    'component:default/auth-service',
    'PodDisruptionBudgetController2V1Beta1',
    'projects/My-Project-1/locations/europe-west3/clusters/Main01',
    'arn:aws:iam::123456789012:role/PlatformAdminRole-EU1',
    'https://grafana.example.com/d/abc123/Service-Overview?orgId=1',
    'app.kubernetes.io/name=auth-service,tier=backend',
    'Restarted after INC-20417, see RFC-0042 and PR #1187',
    '/var/lib/postgresql/15/main/pg_wal/00000001000000A900000045',
    'ann+ops@example.com',
    'v1.29.4-gke.1043002',
    'i-0abc123def4567890',
    'Überprüfung der Verbindung',
  ])('is not %j', value => {
    expect(isCredentialLike(value)).toBe(false);
    expect(withoutCredentials(value)).toBe(value);
  });

  it('goes out of a reason, and the words around it stay', () => {
    expect(
      withoutCredentials(
        `rotated, the new one is ${RANDOM}, password: abc1 too`,
      ),
    ).toBe(`rotated, the new one is ${REDACTED}, password: ${REDACTED} too`);
  });

  it('leaves a text without one as it is, however often it is looked at', () => {
    const once = withoutCredentials(`token=abc and ${RANDOM}`);
    expect(withoutCredentials(once)).toBe(once);
  });
});

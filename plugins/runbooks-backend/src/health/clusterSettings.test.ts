import { ConfigReader } from '@backstage/config';
import { readClusterSettings } from './clusterSettings';

const read = (clusters: unknown) =>
  readClusterSettings(
    new ConfigReader({ runbooks: { clusters } } as ConstructorParameters<
      typeof ConfigReader
    >[0]),
  );

describe('the settings of clusters', () => {
  it('are read by name, also where a name holds dots', () => {
    expect(
      read({ 'eu.prod': { title: 'Europe', simulatedNodes: true } }).get(
        'eu.prod',
      ),
    ).toEqual({ title: 'Europe', simulatedNodes: true, noticeFile: undefined });
    expect(readClusterSettings(new ConfigReader({})).size).toBe(0);
  });

  it('say as whom the gateway acts', () => {
    const impersonate = { user: 'runbooks:{entity}', groups: ['ops'] };
    expect(read({ a: { impersonate } }).get('a')).toMatchObject({
      impersonate,
    });
    expect(
      read({ a: { impersonate: { user: 'runbooks' } } }).get('a'),
    ).toMatchObject({ impersonate: { user: 'runbooks', groups: [] } });
  });

  it('say what runs reach a cluster with', () => {
    const credentialOf = (settings: object) =>
      read({ a: settings }).get('a')?.credential;
    expect(credentialOf({})).toBeUndefined();
    expect(credentialOf({ serviceAccountToken: ' t0ken\n' })).toEqual({
      token: 't0ken',
    });
    expect(credentialOf({ serviceAccountTokenFile: '/run/token' })).toEqual({
      tokenFile: '/run/token',
    });
  });

  it('never say a token that is wrong', () => {
    expect(() => read({ a: { serviceAccountToken: ['s3cret'] } })).toThrow(
      /^(?!.*s3cret).*'runbooks\.clusters\.a\.serviceAccountToken'; expected a token/,
    );
    expect(() =>
      read({
        a: { serviceAccountToken: 's3cret', serviceAccountTokenFile: '/f' },
      }),
    ).toThrow(/^(?!.*s3cret).*expected one of them/);
  });

  it.each([
    [
      { a: { impersonate: 'me' } },
      'has "me" as \'runbooks.clusters.a.impersonate\'; expected an object with',
    ],
    [
      { a: { impersonate: { users: ['me'] } } },
      "as 'runbooks.clusters.a.impersonate'; expected an object with",
    ],
    [
      { a: { impersonate: { groups: ['ops', 'system:masters'] } } },
      'has "system:masters" as \'runbooks.clusters.a.impersonate.groups[1]\', which begins with',
    ],
    [
      { a: { impersonate: { user: 'runbooks:{owner}' } } },
      'which has a placeholder that is not known',
    ],
    [[1], "has [1] as 'runbooks.clusters'; expected settings by name"],
    [{ a: 1 }, "has 1 as 'runbooks.clusters.a'; expected an object"],
    [
      { a: { title: 3 } },
      "has 3 as 'runbooks.clusters.a.title'; expected a text",
    ],
    [
      { a: { simulatedNodes: 'yes' } },
      'has "yes" as \'runbooks.clusters.a.simulatedNodes\'; expected true or false',
    ],
  ])('%j is refused with the key', (clusters, message) => {
    expect(() => read(clusters)).toThrow(message);
  });
});

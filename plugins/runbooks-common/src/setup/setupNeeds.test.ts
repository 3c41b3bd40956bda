import type { SetupFacts } from './model';
import { setupNeeds } from './setupNeeds';

const GOOD: SetupFacts = {
  database: { kind: 'open', version: 'PostgreSQL 18.1' },
  keys: { encryption: 'configured', signing: 'configured' },
  executor: {
    id: 'local',
    tools: [
      { name: 'bwrap', version: '0.9.0' },
      { name: 'kubectl', version: 'v1.33.1' },
      { name: 'helm', version: 'v3.18.0' },
    ],
  },
  clusters: {
    kind: 'some',
    clusters: [
      {
        name: 'production',
        version: 'v1.33.1',
        notPermitted: [],
        hasRunCredential: true,
      },
    ],
  },
  unknownClusters: [],
  scopes: { rules: 2, confirmedByNamespaces: false, trustCatalog: false },
  permissions: { enabled: true, allowsEverybodyAll: false },
  hasNotifications: true,
};

describe('what the plugin needs', () => {
  it('is ready, with versions, and nothing to do, where all is there', () => {
    const needs = setupNeeds(GOOD);
    expect(needs.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'clusters ready',
      'database ready',
      'keys ready',
      'executor ready',
      'scopes ready',
      'permissions ready',
      'notifications ready',
    ]);
    expect(needs.filter(need => need.remedy)).toEqual([]);
    expect(needs.map(({ says }) => says)).toEqual([
      '1 of 1 cluster answers with the credential it has',
      'PostgreSQL 18.1',
      'Both keys are configured',
      "Steps are run by the executor 'local'",
      '2 rules',
      'A permission policy decides',
      'The notifications plugin is installed',
    ]);
  });

  // prettier-ignore
  it.each<[string, Partial<SetupFacts>, string, string]>([
    ['a cluster that gives no credential', { clusters: { kind: 'some', clusters: [{ name: 'a', notPermitted: [], hasRunCredential: true, unreachable: "auth provider 'google' gives the server no credential" }] } }, 'clusters missing', ''],
    ['one of two clusters that does not answer', { clusters: { kind: 'some', clusters: [{ name: 'a', notPermitted: [], hasRunCredential: true }, { name: 'b', notPermitted: [], hasRunCredential: true, unreachable: 'connect ECONNREFUSED' }] } }, 'clusters limited', ''],
    ['a cluster where pods may not be read', { clusters: { kind: 'some', clusters: [{ name: 'a', notPermitted: ['pods'], hasRunCredential: true }] } }, 'clusters limited', ''],
    ['a credential that runs share', { clusters: { kind: 'some', clusters: [{ name: 'a', notPermitted: [], hasRunCredential: false }] } }, 'clusters limited', 'serviceAccountToken'],
    ['a credential of runs that does not work', { clusters: { kind: 'some', clusters: [{ name: 'a', notPermitted: [], hasRunCredential: true, runsUnreachable: 'Unauthorized' }] } }, 'clusters limited', ''],
    ['an account of runs without rights', { clusters: { kind: 'some', clusters: [{ name: 'a', notPermitted: [], hasRunCredential: true, runRights: { missing: ['delete pods in payments'], all: false } }] } }, 'clusters limited', ''],
    ['an account of runs with all rights', { clusters: { kind: 'some', clusters: [{ name: 'a', notPermitted: [], hasRunCredential: true, runRights: { missing: [], all: true } }] } }, 'clusters limited', ''],
    ['settings for a cluster that nobody knows', { unknownClusters: ['prodution'] }, 'clusters limited', ''],
    ['no cluster at all', { clusters: { kind: 'none', because: 'the kubernetes backend plugin is not installed in this process' } }, 'clusters missing', 'kubernetes:'],
    ['SQLite', { database: { kind: 'closed', because: 'runs need PostgreSQL', snippet: 'client: pg' } }, 'database missing', 'client: pg'],
    ['keys that development made', { keys: { encryption: 'made', signing: 'made' } }, 'keys limited', 'openssl rand'],
    ['no signing key', { keys: { encryption: 'configured', signing: 'missing' } }, 'keys limited', 'openssl genpkey'],
    ['keys that are wrong', { keys: { encryption: 'wrong', signing: 'missing', problem: 'runbooks.encryptionKey has 3 bytes' } }, 'keys missing', 'openssl rand'],
    ['a former key that is wrong', { keys: { encryption: 'configured', signing: 'configured', problem: 'runbooks.ledger.formerKeys[0] is no public key' } }, 'keys missing', 'openssl rand'],
    ['no bubblewrap', { executor: { id: 'none', unavailable: 'bwrap is not installed', tools: [] } }, 'executor missing', 'apt-get install bubblewrap'],
    ['no helm', { executor: { id: 'local', tools: [{ name: 'kubectl', version: 'v1.33.1' }] } }, 'executor limited', ''],
    ['a folder of tools that is not there', { executor: { ...GOOD.executor, notice: 'toolsDirectory is /nowhere' } }, 'executor limited', ''],
    ['no scope', { scopes: { rules: 0, confirmedByNamespaces: false, trustCatalog: false } }, 'scopes missing', 'rules:'],
    ['the catalog trusted', { scopes: { rules: 3, confirmedByNamespaces: true, trustCatalog: true } }, 'scopes limited', 'rules:'],
    ['no policy', { permissions: { enabled: false, allowsEverybodyAll: false } }, 'permissions limited', 'policy-example'],
    ['the policy of the template', { permissions: { enabled: true, allowsEverybodyAll: true } }, 'permissions limited', 'policy-example'],
    ['no notifications', { hasNotifications: false }, 'notifications limited', 'plugin-notifications-backend'],
  ])('tells %s, and what mends it', (_, facts, state, remedy) => {
    const needs = setupNeeds({ ...GOOD, ...facts });
    const [need, ...others] = needs.filter(one => one.state !== 'ready');
    expect(others).toEqual([]);
    expect(`${need.id} ${need.state}`).toBe(state);
    expect(need.remedy?.text ?? '').toContain(remedy);
    expect(need.says).not.toBe('');
  });

  it.each([
    [
      { rules: 15, confirmedByNamespaces: false },
      /^15 rules; where they say nothing, whoever writes an entity decides/,
    ],
    [
      { rules: 0, confirmedByNamespaces: false },
      /^Whoever writes an entity decides/,
    ],
  ])('says first who decides first where runs may go: %j', (first, says) => {
    const need = setupNeeds({
      ...GOOD,
      scopes: { ...first, trustCatalog: true },
    }).find(({ id }) => id === 'scopes');
    expect(need?.says).toMatch(says);
  });

  it('names each thing that is not ready, and why', () => {
    const items = setupNeeds({
      ...GOOD,
      executor: {
        id: 'local',
        tools: [{ name: 'bwrap', problem: 'It does not tell its version' }],
      },
      clusters: {
        kind: 'some',
        clusters: [
          {
            name: 'a',
            notPermitted: ['pods', 'jobs'],
            hasRunCredential: false,
          },
        ],
      },
    }).flatMap(need => need.items.filter(({ state }) => state !== 'ready'));
    expect(items.map(({ name, says }) => `${name}: ${says}`)).toEqual([
      'a: the account may not read pods, jobs; runs share the credential of the kubernetes plugin, with which whoever has the permission kubernetes.proxy acts past all that is decided here',
      'bwrap: It does not tell its version',
      'kubectl: Not found: steps that use it are done by hand',
      'helm: Not found: steps that use it are done by hand',
    ]);
  });
});

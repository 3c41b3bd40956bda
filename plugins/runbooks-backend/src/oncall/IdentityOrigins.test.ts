import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ANNOTATION_ORIGIN_LOCATION } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import {
  entityOf,
  identityCatalog,
  identityOrigins,
  onCallParts,
} from './__testUtils__/identityCatalog';
import { IdentityOrigins } from './IdentityOrigins';
import { Ownership } from './Ownership';

const OPEN = { rules: [{ allow: ['Component', 'Group', 'User'] }] };
const EVIL = 'url:https://github.com/mallory/evil/blob/main/catalog-info.yaml';
const OURS = 'url:https://github.com/acme/org/blob/main/org.yaml';
const AT = new Date('2026-01-07T12:00:00Z');

function from(origin: string | undefined, kind: string, name: string) {
  return entityOf(
    kind,
    name,
    {},
    {
      annotations:
        origin === undefined ? {} : { [ANNOTATION_ORIGIN_LOCATION]: origin },
    },
  );
}

interface Case {
  because: string;
  config: JsonObject;
  origin?: string;
  kind?: string;
  counts: boolean;
}

describe('whose groups and users count', () => {
  const origins = (...list: string[]) => ({
    catalog: OPEN,
    runbooks: { identity: { origins: list } },
  });
  // prettier-ignore
  it.each<Case>([
    { because: 'no rules are the rules of the catalog, which let nobody register one', config: {}, origin: EVIL, counts: true },
    { because: 'rules without the kind let nobody register one', config: { catalog: { rules: [{ allow: ['Component'] }] } }, origin: EVIL, counts: true },
    { because: 'rules with it let anybody', config: { catalog: OPEN }, origin: EVIL, counts: false },
    { because: 'rules may spell the kind as an object, in any case', config: { catalog: { rules: [{ allow: [{ kind: 'gROUP', 'spec.type': 'team' }] }] } }, origin: EVIL, counts: false },
    { because: 'each kind is by itself', config: { catalog: { rules: [{ allow: ['User'] }] } }, origin: EVIL, counts: true },
    { because: 'each kind is by itself', config: { catalog: { rules: [{ allow: ['User'] }] } }, origin: EVIL, kind: 'User', counts: false },
    { because: 'a component is no right to anything', config: { catalog: OPEN }, origin: EVIL, kind: 'Component', counts: true },
    { because: 'nobody knows where it is from', config: { catalog: OPEN }, counts: false },
    { because: 'a provider fetched it', config: { catalog: OPEN }, origin: 'ldap://ou=people', counts: true },
    { because: 'a provider fetched it', config: { catalog: OPEN }, origin: 'msgraph:default/abc', counts: true },
    { because: 'discovery fetches what authors write', config: { catalog: OPEN }, origin: 'github-discovery:https://github.com/mallory/*', counts: false },
    { because: 'the operator listed the location', config: { catalog: { ...OPEN, locations: [{ type: 'url', target: OURS.slice(4) }] } }, origin: OURS, counts: true },
    { because: 'another location is not listed', config: { catalog: { ...OPEN, locations: [{ type: 'url', target: OURS.slice(4) }] } }, origin: EVIL, counts: false },
    { because: 'files are compared by their whole path', config: { catalog: { ...OPEN, locations: [{ type: 'file', target: '../org.yaml' }] } }, origin: `file:${path.resolve('../org.yaml')}`, counts: true },
    { because: 'a rule that names the location exactly opens nothing', config: { catalog: { rules: [{ allow: ['Group'], locations: [{ type: 'url', exact: OURS.slice(4) }] }] } }, origin: OURS, counts: true },
    { because: 'a rule that names the location exactly answers for it', config: { catalog: { rules: [...OPEN.rules, { allow: ['Group'], locations: [{ type: 'url', exact: OURS.slice(4) }] }] } }, origin: OURS, counts: true },
    { because: 'a pattern takes in whatever fits', config: { catalog: { rules: [{ allow: ['Group'], locations: [{ type: 'url', pattern: 'https://github.com/**' }] }] } }, origin: EVIL, counts: false },
    { because: 'a type takes in whatever is of it', config: { catalog: { rules: [{ allow: ['Group'], locations: [{ type: 'url' }] }] } }, origin: EVIL, counts: false },
    { because: 'the branch is listed', config: origins('https://github.com/acme/org/blob/main/'), origin: OURS, counts: true },
    { because: 'segments are whole', config: origins('https://github.com/acme/org/blob/ma'), origin: OURS, counts: false },
    { because: 'dots lead out', config: origins('https://github.com/acme/org/blob/main/'), origin: 'url:https://github.com/acme/org/blob/main/../../../../mallory/evil/blob/main/x.yaml', counts: false },
    { because: 'encoded dots lead out', config: origins('https://github.com/acme/org/blob/main/'), origin: 'url:https://github.com/acme/org/blob/main/%2e%2e/x.yaml', counts: false },
    { because: 'a host in front is a user name', config: origins('https://github.com/acme/org/blob/main/'), origin: 'url:https://github.com@evil.example/acme/org/blob/main/x.yaml', counts: false },
    { because: 'commits of forks are served under the same repository', config: origins('https://github.com/acme/org/'), origin: 'url:https://github.com/acme/org/blob/0123456789012345678901234567890123456789/org.yaml', counts: false },
    { because: 'teams of github-org have addresses', config: origins('https://github.com/orgs/acme/'), origin: 'url:https://github.com/orgs/acme/teams/identity', counts: true },
    { because: 'people of github-org have addresses of one segment', config: origins('https://github.com/*'), origin: 'url:https://github.com/ines', counts: true },
    { because: 'a star is one segment', config: origins('https://github.com/*'), origin: EVIL, counts: false },
    { because: 'a file below the folder', config: origins('file:/srv/org'), origin: 'file:/srv/org/people.yaml', counts: true },
    { because: 'a file beside the folder', config: origins('file:/srv/org'), origin: 'file:/srv/organs/people.yaml', counts: false },
    { because: 'an address with a query is itself only', config: origins('https://dev.azure.com/acme/p/_git/org?path=/org.yaml'), origin: 'url:https://dev.azure.com/acme/p/_git/org?path=/org.yaml', counts: true },
    { because: 'another query is another file or branch', config: origins('https://dev.azure.com/acme/p/_git/org'), origin: 'url:https://dev.azure.com/acme/p/_git/org?path=/org.yaml&version=GBmine', counts: false },
  ])('$because: $origin $kind $counts', ({ config, origin, kind, counts }) => {
    expect(
      identityOrigins(config).vouchFor(from(origin, kind ?? 'Group', 'x')),
    ).toBe(counts);
  });

  it('is said when the backend starts', () => {
    const logger = mockServices.logger.mock();
    IdentityOrigins.fromConfig(mockServices.rootConfig({ data: {} }), logger);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('Every Group and User of the catalog counts'),
    );
    IdentityOrigins.fromConfig(
      mockServices.rootConfig({ data: { catalog: OPEN } }),
      logger,
    );
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('group and user'),
    );
  });

  it('is not told by something that is no place', () => {
    expect(() => identityOrigins(origins('acme/org'))).toThrow(
      "The configuration has 'acme/org' as 'runbooks.identity.origins[0]'; expected an address",
    );
  });
});

describe('groups and users in a repository of one’s own', () => {
  const ana = 'user:default/ana';
  const mallory = 'user:default/mallory';
  const trusted = identityCatalog().map(entity => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        [ANNOTATION_ORIGIN_LOCATION]: OURS,
      },
    },
    // What the catalog makes of `parent: identity` and `memberOf: [identity]` in mallory's own files.
    relations: [
      ...(entity.relations ?? []),
      ...(entity.metadata.name === 'identity' && entity.kind === 'Group'
        ? [
            { type: 'parentOf', targetRef: 'group:default/evil' },
            { type: 'hasMember', targetRef: 'user:default/ana.two' },
          ]
        : []),
    ],
  }));
  const evil = entityOf(
    'Group',
    'evil',
    { hasMember: [mallory], childOf: ['group:default/identity'] },
    { annotations: { [ANNOTATION_ORIGIN_LOCATION]: EVIL } },
  );
  const second = from(EVIL, 'User', 'ana.two');
  const ownership = (config: JsonObject) =>
    new Ownership(
      onCallParts({
        config,
        entities: [...trusted, evil, second, from(OURS, 'User', 'mallory')],
      }),
    );
  const listed = {
    catalog: { ...OPEN, locations: [{ type: 'url', target: OURS.slice(4) }] },
  };
  const AUTH = 'component:default/auth';

  it('make nobody an owner by a group below that of the owners', async () => {
    await expect(
      ownership(listed).entitlementOf(mallory, AUTH, AT),
    ).resolves.toMatchObject({ entitled: false });
    // The group would do it, if it counted.
    await expect(
      ownership({}).entitlementOf(mallory, AUTH, AT),
    ).resolves.toMatchObject({ entitled: true });
  });

  it('make nobody two persons by a user that says to be a member', async () => {
    await expect(
      ownership(listed).entitlementOf('user:default/ana.two', AUTH, AT),
    ).resolves.toMatchObject({
      entitled: false,
      because: expect.stringContaining('runbooks.identity.origins'),
    });
    await expect(
      ownership(listed).sameAs(ana, ['user:default/ana.two']),
    ).resolves.toEqual(['user:default/ana.two']);
    await expect(
      ownership({}).sameAs(ana, ['user:default/ana.two']),
    ).resolves.toEqual([]);
  });

  it('are not asked for approvals, while everybody else is', async () => {
    const asked = await ownership(listed).approversOf(AUTH, AT);
    expect(asked.map(({ userRef }) => userRef)).toEqual([
      'user:default/dan',
      ana,
      'user:default/ben',
    ]);
  });
});

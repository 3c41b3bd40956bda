import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity, EntityRelation } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import { IdentityOrigins } from '../IdentityOrigins';
import type { OnCallDocumentReader } from '../OnCallSchedules';

/** An entity with relations as the catalog emits them: `{ ownedBy: ['group:default/identity'] }`. */
export function entityOf(
  kind: string,
  name: string,
  related: Record<string, string[]> = {},
  rest: { annotations?: Record<string, string>; spec?: Entity['spec'] } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations: rest.annotations },
    spec: rest.spec ?? {},
    relations: Object.entries(related).flatMap(([type, refs]) =>
      refs.map((targetRef): EntityRelation => ({ type, targetRef })),
    ),
  };
}

/**
 * A small company: group `identity` owns `auth` and holds `ana`; its child group `identity-web` holds `ben`; its
 * parent `platform` has the on-call document. `cleo` belongs to `billing`, `gus` to nothing.
 */
export function identityCatalog(): Entity[] {
  return [
    entityOf('Component', 'auth', { ownedBy: ['group:default/identity'] }),
    entityOf('Component', 'solo', { ownedBy: ['user:default/gus'] }),
    entityOf('Component', 'orphan'),
    entityOf('Group', 'identity', {
      hasMember: ['user:default/ana'],
      parentOf: ['group:default/identity-web'],
      childOf: ['group:default/platform'],
    }),
    entityOf('Group', 'identity-web', {
      hasMember: ['user:default/ben', 'user:default/ana'],
      childOf: ['group:default/identity'],
      // A cycle that nobody meant.
      parentOf: ['group:default/identity'],
    }),
    entityOf(
      'Group',
      'platform',
      { parentOf: ['group:default/identity'] },
      {
        annotations: {
          'backstage-runbooks.io/on-call-ref': 'file:./on-call.yaml',
        },
      },
    ),
    entityOf('Group', 'billing', { hasMember: ['user:default/cleo'] }),
    entityOf('Component', 'invoices', { ownedBy: ['group:default/billing'] }),
    entityOf(
      'User',
      'ana',
      {},
      {
        annotations: {
          'backstage-runbooks.io/phone': '+48 600 000 001',
          'backstage-runbooks.io/slack': '@ana',
        },
        spec: {
          profile: { displayName: 'Ana Nowak', email: 'ana@example.com' },
        },
      },
    ),
    ...['ben', 'cleo', 'dan', 'gus'].map(name => entityOf('User', name)),
  ];
}

/** Dan and then eve, week by week; eve is not in the catalog. */
export const ON_CALL_DOCUMENT = `version: 1
schedules:
  - id: platform
    title: Platform
    timeZone: Europe/Warsaw
    layers:
      - rotates: weekly
        handoff: { day: monday, time: '09:00' }
        start: 2026-01-05
        users: [dan, eve]
`;

/** Whose groups and users count with that configuration; everybody's with none, as in a catalog by default. */
export function identityOrigins(data: JsonObject = {}): IdentityOrigins {
  return IdentityOrigins.fromConfig(mockServices.rootConfig({ data }));
}

/** What the parts of on-call are made of, over those entities and that document. */
export function onCallParts(options: {
  entities?: Entity[];
  document?: string | Error;
  config?: JsonObject;
}) {
  const { entities = identityCatalog(), document = ON_CALL_DOCUMENT } = options;
  const refs: OnCallDocumentReader = {
    readRef: async () => {
      if (document instanceof Error) throw document;
      return { path: 'groups/on-call.yaml', text: document };
    },
  };
  return {
    catalog: catalogServiceMock({ entities }),
    credentials: async () => mockCredentials.service(),
    origins: identityOrigins(options.config),
    refs,
  };
}

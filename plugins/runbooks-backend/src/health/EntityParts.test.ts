import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogEntityParts } from './EntityParts';

function entity(
  kind: string,
  name: string,
  relations: Array<[type: string, targetRef: string]> = [],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}

describe('the parts of an entity', () => {
  it('are found below it, each once, also where they form a cycle', async () => {
    const domain = entity('Domain', 'shop', [
      ['hasPart', 'system:default/checkout'],
      ['ownedBy', 'group:default/platform'],
    ]);
    const entities = [
      domain,
      entity('System', 'checkout', [
        ['hasPart', 'component:default/web'],
        ['hasPart', 'component:default/gone'],
      ]),
      entity('Component', 'web', [
        ['hasPart', 'system:default/checkout'],
        ['dependsOn', 'component:default/other'],
      ]),
      entity('Component', 'other'),
    ];
    const parts = new CatalogEntityParts({
      catalog: catalogServiceMock({ entities }),
      credentials: async () => mockCredentials.service(),
    });
    const found = await parts.partsOf(domain);
    expect(found.map(({ metadata }) => metadata.name)).toEqual([
      'checkout',
      'web',
    ]);
  });

  it('of a group are what it and its child groups own', async () => {
    const group = entity('Group', 'platform', [
      ['ownerOf', 'component:default/web'],
      ['parentOf', 'group:default/edge'],
    ]);
    const parts = new CatalogEntityParts({
      catalog: catalogServiceMock({
        entities: [
          entity('Component', 'web'),
          entity('Component', 'proxy'),
          entity('Group', 'edge', [['ownerOf', 'component:default/proxy']]),
        ],
      }),
      credentials: async () => mockCredentials.service(),
    });
    const found = await parts.partsOf(group);
    expect(found.map(({ metadata }) => metadata.name).sort()).toEqual([
      'edge',
      'proxy',
      'web',
    ]);
  });
});

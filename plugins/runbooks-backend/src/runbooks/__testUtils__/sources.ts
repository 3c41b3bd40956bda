import { ConfigReader } from '@backstage/config';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { Repositories } from '../Repositories';
import { SourceRules } from '../SourceRules';
import { FakeUrlReader } from './FakeUrlReader';

/** Repositories over a fake of the source hosts, with a clock that stands until it is moved. */
export function sourcesBench(
  options: { allow?: JsonObject[]; localRoots?: string[] } = {},
) {
  const reader = new FakeUrlReader();
  const clock = { now: 0 };
  const integrations = ScmIntegrations.fromConfig(
    new ConfigReader({
      integrations: {
        gitlab: [
          {
            host: 'gitlab.example.com',
            token: 't',
            apiBaseUrl: 'https://gitlab.example.com/api/v4',
          },
        ],
      },
    }),
  );
  const config = mockServices.rootConfig({
    data: { runbooks: { sources: { allow: options.allow ?? [] } } },
  });
  const repositories = new Repositories({
    localRoots: options.localRoots ?? [],
    rules: SourceRules.fromConfig(config, integrations),
    refreshAfterMs: 60_000,
    reader,
    integrations,
    now: () => clock.now,
  });
  return { reader, clock, repositories };
}

/** A card as the catalog has it, with what its author wrote into it. */
export function cardFrom(
  location: string,
  annotations: Record<string, string> = {},
  rest: Partial<Entity> & { name?: string } = {},
): Entity {
  const { name = 'shop', ...others } = rest;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        ...annotations,
        'backstage.io/managed-by-location': location,
      },
    },
    ...others,
  };
}

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  healthReadPermission,
  type EntityHealth,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Router } from 'express';
import type { Access } from '../http/access';
import { entityRefOf } from '../http/entityRefOf';
import { sendEventStream } from '../http/eventStream';

/** Live health as routes need it. */
export interface LiveHealth {
  snapshot(entity: Entity): Promise<EntityHealth>;
  follow(entity: Entity, signal: AbortSignal): AsyncIterable<EntityHealth>;
}

/** Routes of live health. */
export function addHealthRoutes(
  router: Router,
  options: {
    access: Access;
    plans: {
      entity(ref: string, credentials: BackstageCredentials): Promise<Entity>;
    };
    health: LiveHealth;
  },
): void {
  const { access, plans, health } = options;

  router.get('/entities/:kind/:namespace/:name/health', async (req, res) => {
    const credentials = await access.person(req, healthReadPermission);
    const entity = await plans.entity(entityRefOf(req.params), credentials);
    res.json(await health.snapshot(entity));
  });

  router.get(
    '/entities/:kind/:namespace/:name/health/events',
    async (req, res) => {
      const credentials = await access.person(req, healthReadPermission);
      const entity = await plans.entity(entityRefOf(req.params), credentials);
      await sendEventStream(req, res, signal => health.follow(entity, signal));
    },
  );
}

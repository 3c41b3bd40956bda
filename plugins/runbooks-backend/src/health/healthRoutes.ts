import type { Entity } from '@backstage/catalog-model';
import {
  healthReadPermission,
  type EntityHealth,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Router } from 'express';
import type { Access, Selecting } from '../http/access';
import { entityRefOf } from '../http/entityRefOf';
import { sendEventStream } from '../http/eventStream';
import type { OpenStreams } from '../http/OpenStreams';

/** Live health as routes need it. */
export interface LiveHealth {
  /** Of its parts those that `healthOf` leaves. */
  snapshot(entity: Entity, healthOf: Selecting): Promise<EntityHealth>;
  /** Of the entity as `latest` has it, which is asked again each minute. */
  follow(
    latest: () => Entity,
    signal: AbortSignal,
    healthOf: Selecting,
  ): AsyncIterable<EntityHealth>;
}

/** Routes of live health. */
export function addHealthRoutes(
  router: Router,
  options: {
    access: Access;
    health: LiveHealth;
    streams: OpenStreams;
  },
): void {
  const { access, health, streams } = options;

  router.get('/entities/:kind/:namespace/:name/health', async (req, res) => {
    const credentials = await access.person(req);
    const entity = await access.entity(
      credentials,
      entityRefOf(req.params),
      healthReadPermission,
    );
    res.json(
      await health.snapshot(
        entity,
        access.selecting(credentials, healthReadPermission),
      ),
    );
  });

  router.get(
    '/entities/:kind/:namespace/:name/health/events',
    async (req, res) => {
      const credentials = await access.person(req);
      const look = () =>
        access.entity(
          credentials,
          entityRefOf(req.params),
          healthReadPermission,
        );
      let entity = await look();
      await streams.during(credentials.principal.userEntityRef, () =>
        sendEventStream(
          req,
          res,
          signal =>
            health.follow(
              () => entity,
              signal,
              // Asked anew each time: what one request remembers is too old for a stream.
              refs => access.selecting(credentials, healthReadPermission)(refs),
            ),
          {
            expiresAt: credentials.expiresAt,
            // Its annotations may name another place by now: what is followed is the entity as it is.
            check: async () => {
              entity = await look();
            },
          },
        ),
      );
    },
  );
}

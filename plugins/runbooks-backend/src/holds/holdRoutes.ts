import {
  changesStopPermission,
  listHoldsQuerySchema,
  runbookReadPermission,
  runReadPermission,
  stopRequestSchema,
  type EntityRef,
  type HoldsView,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Router } from 'express';
import type { Clock } from '../database/DatabaseClock';
import type { Access, UserCredentials } from '../http/access';
import type { Audit } from '../http/Audit';
import { parseRequest } from '../http/parseRequest';
import type { Holds } from './Holds';
import type { Stops } from './Stops';

/** Routes of what keeps changes from starting, and of the stop of all changes. */
export function addHoldRoutes(
  router: Router,
  {
    access,
    holds,
    stops,
    clock,
    audit,
  }: {
    access: Access;
    holds: Pick<Holds, 'all' | 'on'>;
    stops: Pick<Stops, 'begin' | 'end'>;
    clock: Clock;
    audit: Audit;
  },
): void {
  const holdsOf = async (entityRef: EntityRef | undefined) => {
    const at = await clock.now();
    return entityRef === undefined ? holds.all(at) : holds.on([entityRef], at);
  };
  const view = async (
    credentials: UserCredentials,
    entityRef?: EntityRef,
  ): Promise<HoldsView> => ({
    holds: await holdsOf(entityRef),
    mayStop: await access
      .operator(credentials, changesStopPermission)
      .then(() => true)
      .catch(() => false),
  });

  router.get('/holds', async (req, res) => {
    const credentials = await access.person(req);
    const { entityRef } = parseRequest(listHoldsQuerySchema, req.query);
    if (entityRef === undefined) {
      await access.somewhere(credentials, runReadPermission);
    } else {
      await access.entity(credentials, entityRef, runbookReadPermission);
    }
    res.json(await view(credentials, entityRef));
  });

  router.post('/holds/stop', async (req, res) => {
    const credentials = await access.personThemselves(req);
    await access.operator(credentials, changesStopPermission);
    const { reason } = parseRequest(stopRequestSchema, req.body);
    const by = credentials.principal.userEntityRef;
    await audit.record(
      req,
      { eventId: 'changes-stopped', severityLevel: 'high', meta: { reason } },
      () => stops.begin(by, reason),
    );
    res.status(201).json(await view(credentials));
  });

  router.post('/holds/resume', async (req, res) => {
    const credentials = await access.personThemselves(req);
    await access.operator(credentials, changesStopPermission);
    await audit.record(
      req,
      { eventId: 'changes-resumed', severityLevel: 'high', meta: {} },
      () => stops.end(credentials.principal.userEntityRef),
    );
    res.json(await view(credentials));
  });
}

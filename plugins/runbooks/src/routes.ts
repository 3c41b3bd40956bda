import { createRouteRef } from '@backstage/core-plugin-api';

/** The page of the plugin: history, approvals and single runs. @public */
export const rootRouteRef = createRouteRef({ id: 'runbooks' });

/** The tab on entity pages. @public */
export const entityContentRouteRef = createRouteRef({ id: 'runbooks:entity' });

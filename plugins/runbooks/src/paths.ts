import type {
  EntityRef,
  ListRunsQuery,
} from '@backstage-runbooks/plugin-runbooks-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { rootRouteRef } from './routes';

/** Where the screens of the plugin are, in the app that they are installed in. */
export interface RunbooksPaths {
  /** A run; with a step, its page opens that step and no other. */
  run(runId: string, stepId?: string): string;
  history(query?: ListRunsQuery): string;
  approvals(): string;
  /** The tab on the entity's page; it must be mounted at its default path. */
  tab(entityRef: EntityRef): string;
  procedure(
    entityRef: EntityRef,
    runbookId: string,
    procedureId: string,
  ): string;
}

/** Names the step that a link to a run is about. Notifications of the backend use the same word. */
export const STEP_PARAMETER = 'step';

/** Path of a procedure below the tab. */
export function procedurePath(runbookId: string, procedureId: string) {
  return `p/${encodeURIComponent(runbookId)}/${encodeURIComponent(
    procedureId,
  )}`;
}

/** Throws when the page of the plugin or the catalog's entity page is not part of the app. */
export function useRunbooksPaths(): RunbooksPaths {
  const root = useRouteRef(rootRouteRef)();
  const entityRoute = useRouteRef(entityRouteRef);
  const tab = (entityRef: EntityRef) =>
    `${entityRoute(parseEntityRef(entityRef))}/runbooks`;
  return {
    run: (runId, stepId) => {
      const run = `${root}/runs/${encodeURIComponent(runId)}`;
      return stepId
        ? `${run}?${STEP_PARAMETER}=${encodeURIComponent(stepId)}`
        : run;
    },
    history: (query = {}) => {
      const parameters = new URLSearchParams(
        Object.entries(query).map(([name, value]) => [name, String(value)]),
      );
      return parameters.size > 0
        ? `${root}/runs?${parameters}`
        : `${root}/runs`;
    },
    approvals: () => `${root}/approvals`,
    tab,
    procedure: (entityRef, runbookId, procedureId) =>
      `${tab(entityRef)}/${procedurePath(runbookId, procedureId)}`,
  };
}

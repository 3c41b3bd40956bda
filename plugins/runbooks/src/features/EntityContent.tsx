import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { lazy, Suspense } from 'react';
import { Route, Routes, useParams, useResolvedPath } from 'react-router-dom';
import { Waiting } from '../components/Waiting';
import { EntityRunbooksTab } from './runbook/EntityRunbooksTab';

const ProcedurePage = lazy(() =>
  import('./procedure/ProcedurePage').then(module => ({
    default: module.ProcedurePage,
  })),
);

/** The tab and what is below it, for the entity of the page. */
export function EntityContent() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const basePath = useResolvedPath('.').pathname;
  return (
    <Suspense
      fallback={<Waiting what="the procedure" lines={10} lineHeight={36} />}
    >
      <Routes>
        <Route
          path="p/:runbookId/:procedureId"
          element={<ProcedureRoute entityRef={entityRef} basePath={basePath} />}
        />
        <Route
          path="*"
          element={
            <EntityRunbooksTab entityRef={entityRef} basePath={basePath} />
          }
        />
      </Routes>
    </Suspense>
  );
}

function ProcedureRoute(props: { entityRef: string; basePath: string }) {
  const { runbookId = '', procedureId = '' } = useParams();
  return (
    <ProcedurePage {...props} runbookId={runbookId} procedureId={procedureId} />
  );
}

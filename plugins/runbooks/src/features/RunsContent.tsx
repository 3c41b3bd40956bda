import { lazy, Suspense } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { Waiting } from '../components/Waiting';
import { HistoryPage } from './history/HistoryPage';

const RunPage = lazy(() =>
  import('./run/RunPage').then(module => ({ default: module.RunPage })),
);

/** History, and single runs below it. */
export function RunsContent() {
  return (
    <Suspense fallback={<Waiting what="the run" lines={10} lineHeight={36} />}>
      <Routes>
        <Route path=":runId" element={<RunRoute />} />
        <Route path="*" element={<HistoryPage />} />
      </Routes>
    </Suspense>
  );
}

function RunRoute() {
  const { runId = '' } = useParams();
  return <RunPage key={runId} runId={runId} />;
}

import { useApi } from '@backstage/core-plugin-api';
import { useState } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { downloadFile } from '../../downloadFile';

/** Where an export stands. */
export type EvidenceState =
  | { status: 'idle' }
  | { status: 'exporting' }
  | { status: 'failed'; error: Error };

/** Downloads the evidence of a run as a file, under the name that the check is told to read. */
export function useEvidenceExport(runId: string) {
  const api = useApi(runbooksApiRef);
  const [state, setState] = useState<EvidenceState>({ status: 'idle' });
  const fileName = `run-${runId}.jsonl`;
  const exportEvidence = async () => {
    setState({ status: 'exporting' });
    try {
      const evidence = await api.getEvidence(runId);
      downloadFile(fileName, 'application/x-ndjson', evidence);
      setState({ status: 'idle' });
    } catch (error) {
      setState({ status: 'failed', error: error as Error });
    }
  };
  return { state, fileName, exportEvidence };
}

import type {
  Instant,
  Preview,
} from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useRef, useState } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useNow } from '../../async/useNow';

/** Where the newest preview of a step stands. */
export type PreviewState =
  | { status: 'none' }
  | { status: 'making' }
  | { status: 'failed'; error: Error }
  | { status: 'made'; preview: Preview; at: Instant };

/** A preview that a person may ask for. */
export interface StepPreviewer {
  state: PreviewState;
  /** Asks for a new one; what was there goes. */
  make: () => void;
}

const NONE: PreviewState = { status: 'none' };

/**
 * Makes previews of one step when asked to. When `key` changes, as with the state of the step, the preview is gone:
 * what it told is no longer what would happen. An answer that comes after that is dropped.
 */
export function useStepPreview(
  runId: string,
  stepId: string,
  key: string,
): StepPreviewer {
  const api = useApi(runbooksApiRef);
  const [kept, setKept] = useState<{ key: string; state: PreviewState }>({
    key,
    state: NONE,
  });
  const now = useRef(0);
  now.current = useNow();
  const asked = useRef(0);
  useEffect(
    () => () => {
      asked.current += 1;
    },
    [key],
  );
  return {
    state: kept.key === key ? kept.state : NONE,
    async make() {
      asked.current += 1;
      const mine = asked.current;
      const keep = (state: PreviewState) => {
        if (asked.current === mine) setKept({ key, state });
      };
      keep({ status: 'making' });
      try {
        const preview = await api.previewStep(runId, stepId);
        const at = new Date(now.current).toISOString();
        keep({ status: 'made', preview, at });
      } catch (error) {
        keep({ status: 'failed', error: error as Error });
      }
    },
  };
}

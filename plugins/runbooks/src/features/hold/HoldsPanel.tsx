import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useState } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { useLoaded } from '../../async/useLoaded';
import { ActionButton } from '../../components/ActionButton';
import { LoadFailure } from '../../components/LoadFailure';
import { WordsForm } from '../../components/WordsForm';
import { runbooksTranslationRef } from '../../translation';
import { HoldNotices } from './HoldNotices';

type Doing = 'nothing' | 'asking' | 'sending' | Error;

/** What keeps changes from starting anywhere; for whoever may, stopping them all and letting them go on. */
export function HoldsPanel() {
  const { t } = useTranslationRef(runbooksTranslationRef);
  const api = useApi(runbooksApiRef);
  const loaded = useLoaded(() => api.getHolds(), 'holds');
  const [doing, setDoing] = useState<Doing>('nothing');
  // Who may see no run sees none of this either; the page says so.
  if (loaded.status !== 'ready') return null;
  const { holds, mayStop } = loaded.value;
  const isStopped = holds.some(({ by }) => by !== undefined);
  const send = async (act: () => Promise<unknown>) => {
    setDoing('sending');
    try {
      await act();
      setDoing('nothing');
    } catch (error) {
      setDoing(error as Error);
    }
    loaded.renew();
  };
  return (
    <>
      <HoldNotices
        holds={holds}
        action={
          mayStop && (
            <ActionButton
              size="small"
              variant="outlined"
              disabled={doing === 'sending'}
              onClick={() => send(() => api.resumeChanges())}
            >
              {t('hold.resume')}
            </ActionButton>
          )
        }
      />
      {doing instanceof Error && (
        <LoadFailure error={doing} what="change that" />
      )}
      {mayStop && !isStopped && doing !== 'asking' && (
        <div>
          <ActionButton
            size="small"
            variant="outlined"
            disabled={doing === 'sending'}
            onClick={() => setDoing('asking')}
          >
            {t('hold.stop')}
          </ActionButton>
        </div>
      )}
      {doing === 'asking' && (
        <WordsForm
          required
          lead="No step that changes something starts anywhere until somebody lets changes go on. What runs already runs to its end."
          label="Why all changes are stopped"
          submit={t('hold.stop')}
          isSending={false}
          onSubmit={reason => send(() => api.stopChanges({ reason }))}
          onCancel={() => setDoing('nothing')}
        />
      )}
    </>
  );
}

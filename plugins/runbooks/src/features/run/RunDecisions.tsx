import {
  shortfallOf,
  type Permitted,
  type RunCommandRequest,
  type RunView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { ActionButton } from '../../components/ActionButton';
import { LoadFailure } from '../../components/LoadFailure';
import { WordsForm } from '../../components/WordsForm';
import { runbooksTranslationRef } from '../../translation';
import { countWords } from '../../words/procedureWords';
import { refusalLines } from './actionViews';
import { StartAgain } from './StartAgain';
import type { RunCommander } from './useRunCommand';
import { NamedText } from '../../components/NamedText';

type Asking = 'succeeded' | 'failed' | 'cancel';

/** What is about to happen; a run that ends early says so before, since its history will. */
function leadOf(asking: Asking, notDone: number): string {
  if (asking === 'cancel') {
    return 'A step that runs is told to stop, then killed. Nothing more starts.';
  }
  const lead = `The run ends here as ${asking}.`;
  return notDone > 0
    ? `${lead} ${countWords(
        notDone,
        'step is',
        'steps are',
      )} not done; the history will say so.`
    : lead;
}

const SUBMITS: Record<Asking, string> = {
  succeeded: 'Finish as succeeded',
  failed: 'Finish as failed',
  cancel: 'Cancel run',
};

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1) },
    buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    why: {
      margin: 0,
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'RunbooksRunDecisions' },
);

/** Ends a run: finished well, finished badly, or cancelled. One that has ended can be started anew. */
export function RunDecisions(props: {
  view: RunView;
  commander: RunCommander;
}) {
  const { view, commander } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(runbooksTranslationRef);
  const [asking, setAsking] = useState<Asking>();
  if (view.run.status.kind === 'finished') return <StartAgain view={view} />;
  const { cancel, finish } = view.viewer;
  const { notDone } = shortfallOf(view.run);
  const isSending = commander.state.status === 'sending';
  if (asking !== undefined) {
    return (
      <div className={classes.root}>
        <WordsForm
          isSending={isSending}
          lead={leadOf(asking, notDone)}
          label={asking === 'cancel' ? 'Why (optional)' : 'Note (optional)'}
          submit={SUBMITS[asking]}
          onCancel={() => {
            commander.forget();
            setAsking(undefined);
          }}
          onSubmit={async words => {
            const isDone = await commander.send(
              asking === 'cancel'
                ? { kind: 'cancel', ...(words ? { reason: words } : {}) }
                : {
                    kind: 'finish',
                    outcome: asking,
                    ...(words ? { note: words } : {}),
                  },
            );
            if (isDone) setAsking(undefined);
          }}
        />
        {commander.state.status === 'failed' &&
          isEnd(commander.state.command) && (
            <LoadFailure error={commander.state.error} what="end the run" />
          )}
      </div>
    );
  }
  return (
    <div className={classes.root}>
      <div className={classes.buttons}>
        <ActionButton
          size="small"
          variant="outlined"
          disabled={!finish.allowed || isSending}
          onClick={() => setAsking('succeeded')}
        >
          {t('run.finishGood')}
        </ActionButton>
        <ActionButton
          size="small"
          variant="outlined"
          disabled={!finish.allowed || isSending}
          onClick={() => setAsking('failed')}
        >
          {t('run.finishBad')}
        </ActionButton>
        <ActionButton
          size="small"
          variant="outlined"
          disabled={!cancel.allowed || isSending}
          onClick={() => setAsking('cancel')}
        >
          {t('run.cancel')}
        </ActionButton>
      </div>
      {(!finish.allowed || !cancel.allowed) && (
        <p className={classes.why}>
          <NamedText
            text={refusalLines([
              { label: 'Finish', because: reasonOf(finish) },
              { label: 'Cancel', because: reasonOf(cancel) },
            ]).join('. ')}
          />
        </p>
      )}
    </div>
  );
}

/** What a step was refused is told at the step. */
function isEnd({ kind }: RunCommandRequest): boolean {
  return kind === 'finish' || kind === 'cancel';
}

function reasonOf(permitted: Permitted): string | undefined {
  return permitted.allowed ? undefined : permitted.because;
}

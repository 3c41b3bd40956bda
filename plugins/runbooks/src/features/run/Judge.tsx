import type {
  Judgement,
  StepAction,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { ActionButton } from '../../components/ActionButton';
import { EntityName } from '../../components/EntityName';
import { LoadFailure } from '../../components/LoadFailure';
import { Ago } from '../../components/Moment';
import { Tag } from '../../components/Tag';
import { WordsForm } from '../../components/WordsForm';
import { actionOf } from './actionViews';
import type { RunCommander } from './useRunCommand';
import { ForeignText } from '../../components/ForeignText';
import { NamedText } from '../../components/NamedText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.75, 1),
      fontSize: 13,
      minWidth: 0,
    },
    words: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
  }),
  { name: 'RunbooksJudge' },
);

/** Whether the output is what good looks like: a person's word, kept in the ledger. */
export function Judge(props: {
  stepId: string;
  judgement?: Judgement;
  actions: StepAction[];
  commander: RunCommander;
}) {
  const { stepId, judgement, actions, commander } = props;
  const classes = useStyles();
  const [isExplaining, setExplaining] = useState(false);
  const action = actionOf(actions, 'judge');
  const isSending = commander.state.status === 'sending';
  if (!judgement && !action) return null;
  if (isExplaining) {
    return (
      <WordsForm
        isSending={isSending}
        label="What is wrong (optional)"
        submit="It looks wrong"
        onCancel={() => setExplaining(false)}
        onSubmit={async note => {
          const isDone = await commander.send({
            kind: 'judge',
            stepId,
            good: false,
            ...(note ? { note } : {}),
          });
          if (isDone) setExplaining(false);
        }}
      />
    );
  }
  return (
    <div className={classes.root} role="group" aria-label="Does it look good?">
      {judgement && (
        <>
          <Tag tone={judgement.good ? 'ok' : 'danger'}>
            {judgement.good ? 'Looks good' : 'Looks wrong'}
          </Tag>
          <span className={classes.words}>
            says <EntityName entityRef={judgement.by} />,{' '}
            <Ago at={judgement.at} />
            {judgement.note && <ForeignText text={`: "${judgement.note}"`} />}
          </span>
        </>
      )}
      {action && (
        <>
          {!judgement && (
            <span className={classes.words}>Does it look good?</span>
          )}
          <ActionButton
            size="small"
            variant="outlined"
            disabled={!action.permitted.allowed || isSending}
            onClick={() =>
              commander.send({ kind: 'judge', stepId, good: true })
            }
          >
            Looks good
          </ActionButton>
          <ActionButton
            size="small"
            variant="outlined"
            disabled={!action.permitted.allowed || isSending}
            onClick={() => setExplaining(true)}
          >
            Looks wrong
          </ActionButton>
          {!action.permitted.allowed && (
            <span className={classes.words}>
              <NamedText text={action.permitted.because} />
            </span>
          )}
        </>
      )}
      {commander.state.status === 'failed' &&
        commander.state.command.kind === 'judge' &&
        commander.state.command.stepId === stepId && (
          <LoadFailure error={commander.state.error} what="judge it" />
        )}
    </div>
  );
}

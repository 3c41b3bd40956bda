import { makeStyles } from '@material-ui/core/styles';
import {
  mayHaveChanged,
  type CallCounts,
} from '@backstage-runbooks/plugin-runbooks-common';
import { Disclosure } from '../../components/Disclosure';
import { countWords } from '../../words/procedureWords';
import { StepCalls } from './StepCalls';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(0.5), minWidth: 0 },
    title: { margin: 0, fontSize: 13, fontWeight: 600, lineHeight: 1.5 },
  }),
  { name: 'RunbooksWhatItDid' },
);

/** What an attempt did in the cluster, by what the gateway recorded: those that changed something, or may have, at once, all on demand. */
export function WhatItDid(props: {
  runId: string;
  stepId: string;
  attempt: number;
  eventCount: number;
  calls: CallCounts;
}) {
  const { calls, ...place } = props;
  const classes = useStyles();
  if (calls.total === 0) return null;
  const changed = mayHaveChanged(calls);
  return (
    <div className={classes.root}>
      {changed && (
        <>
          <p className={classes.title}>What it did</p>
          <StepCalls {...place} onlyChanges />
        </>
      )}
      <Disclosure
        summary={`${changed ? 'All' : 'The'} ${countWords(
          calls.total,
          'Kubernetes call',
        )}`}
      >
        <StepCalls {...place} />
      </Disclosure>
    </div>
  );
}

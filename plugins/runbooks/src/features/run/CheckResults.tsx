import {
  judgeExpectation,
  type Expectation,
  type JudgedCheck,
  lastWrittenText,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { Tag } from '../../components/Tag';
import type { Tone } from '../../words/tone';
import { checkWords } from '../step/stepView';
import { ForeignText } from '../../components/ForeignText';

const VERDICTS: Record<JudgedCheck['verdict'], { label: string; tone: Tone }> =
  {
    met: { label: 'Met', tone: 'ok' },
    missed: { label: 'Not met', tone: 'danger' },
    unclear: { label: 'For you to judge', tone: 'neutral' },
  };

const useStyles = makeStyles(
  theme => ({
    root: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(0.5),
      fontSize: 13,
      lineHeight: 1.5,
      overflowWrap: 'anywhere',
    },
    because: { color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksCheckResults' },
);

/** Each check of what good looks like, compared with what was printed. Only the whole output is judged. */
export function CheckResults(props: {
  expectation: Expectation;
  output: string;
  exitCode?: number;
}) {
  const { expectation, output, exitCode } = props;
  const classes = useStyles();
  const judged = useMemo(
    () => judgeExpectation(expectation, lastWrittenText(output), exitCode),
    [expectation, output, exitCode],
  );
  if (judged.length === 0) return null;
  return (
    <ul className={classes.root} aria-label="Checks of what good looks like">
      {judged.map(({ check, verdict, because }) => (
        <li key={checkWords(check)}>
          <Tag tone={VERDICTS[verdict].tone}>{VERDICTS[verdict].label}</Tag>{' '}
          {checkWords(check)}{' '}
          <span className={classes.because}>
            (<ForeignText text={because} />)
          </span>
        </li>
      ))}
    </ul>
  );
}

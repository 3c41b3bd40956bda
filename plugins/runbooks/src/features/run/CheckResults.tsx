import type { JudgedCheck } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { ForeignText } from '../../components/ForeignText';
import { Tag } from '../../components/Tag';
import type { Tone } from '../../words/tone';
import { checkWords } from '../step/stepView';

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

/** Each check of what good looks like, as the server judged it when the step ended. */
export function CheckResults({ checks }: { checks: JudgedCheck[] }) {
  const classes = useStyles();
  if (checks.length === 0) return null;
  return (
    <ul className={classes.root} aria-label="Checks of what good looks like">
      {checks.map(({ check, verdict, because }) => (
        <li key={checkWords(check)}>
          <Tag tone={VERDICTS[verdict].tone}>{VERDICTS[verdict].label}</Tag>{' '}
          <ForeignText text={checkWords(check)} />{' '}
          <span className={classes.because}>
            (<ForeignText text={because} />)
          </span>
        </li>
      ))}
    </ul>
  );
}

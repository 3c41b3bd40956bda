import type { Expectation } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { ForeignText } from '../../components/ForeignText';
import { MarkdownText } from '../../components/MarkdownText';
import { toneColors } from '../../components/toneColors';
import { checkWords } from './stepView';

const useStyles = makeStyles(
  theme => ({
    root: {
      minWidth: 0,
      padding: theme.spacing(0.25, 0, 0.25, 1.5),
      borderLeft: `3px solid ${toneColors(theme, 'ok').line}`,
      display: 'grid',
      gap: theme.spacing(0.5),
    },
    label: {
      fontSize: 13,
      fontWeight: 600,
      color: toneColors(theme, 'ok').text,
    },
    checks: {
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
      '& ul': { margin: 0, paddingLeft: 18, listStyle: 'disc' },
    },
  }),
  { name: 'RunbooksExpectationBox' },
);

/** What good looks like, as the team wrote it. */
export function ExpectationBox(props: {
  expectation: Expectation;
  /** Stands in place of the list of checks, once there are results. */
  results?: ReactNode;
  /** A person does the step: nothing of it is checked by itself. */
  isByHand?: boolean;
}) {
  const { expectation, results, isByHand } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <span className={classes.label}>What good looks like</span>
      <MarkdownText text={expectation.text} />
      {results ??
        (expectation.checks.length > 0 && (
          <div className={classes.checks}>
            {isByHand ? 'What to look for:' : 'Checked automatically:'}
            <ul>
              {expectation.checks.map(check => (
                <li key={checkWords(check)}>
                  <ForeignText text={checkWords(check)} />
                </li>
              ))}
            </ul>
          </div>
        ))}
    </div>
  );
}

import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';
import { toneColors } from '../../components/toneColors';

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: theme.spacing(1.5, 2),
      borderRadius: 4,
      border: `1px solid ${toneColors(theme, 'info').line}`,
      [theme.breakpoints.down('xs')]: { margin: theme.spacing(1.5, 0.5) },
    },
    title: {
      margin: 0,
      padding: theme.spacing(1, 2, 0),
      fontSize: 13,
      fontWeight: 600,
      color: toneColors(theme, 'info').text,
    },
    steps: { listStyle: 'none', margin: 0, padding: 0 },
  }),
  { name: 'RunbooksStepChoice' },
);

/** The frame around steps of which one is chosen; `children` are their items of the list. */
export function StepChoice(props: { count: number; children: ReactNode }) {
  const { count, children } = props;
  const classes = useStyles();
  const titleId = useId();
  return (
    <li>
      <div className={classes.root} role="group" aria-labelledby={titleId}>
        <p id={titleId} className={classes.title}>
          Choose one of {count}
        </p>
        <ol className={classes.steps}>{children}</ol>
      </div>
    </li>
  );
}

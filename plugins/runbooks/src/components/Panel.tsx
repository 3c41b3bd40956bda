import Card from '@material-ui/core/Card';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';
import { hairline } from './toneColors';
import { foreignChildren } from './ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: { minWidth: 0 },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1.5),
      padding: theme.spacing(1.5, 2),
      minHeight: 52,
      boxSizing: 'border-box',
      borderBottom: `1px solid ${hairline(theme)}`,
    },
    title: {
      flex: '1 1 auto',
      minWidth: 0,
      margin: 0,
      fontSize: 16,
      lineHeight: 1.4,
      fontWeight: 600,
      overflowWrap: 'anywhere',
    },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      minWidth: 0,
    },
    body: { padding: theme.spacing(2) },
    flush: { padding: 0 },
  }),
  { name: 'RunbooksPanel' },
);

/** A card with a compact head; a region that screen readers can jump to by its title. */
export function Panel(props: {
  title: ReactNode;
  actions?: ReactNode;
  /** The content draws its own edges. */
  flush?: boolean;
  children: ReactNode;
}) {
  const classes = useStyles();
  const titleId = useId();
  return (
    <Card
      component="section"
      aria-labelledby={titleId}
      className={classes.root}
    >
      <div className={classes.head}>
        <Typography id={titleId} component="h2" className={classes.title}>
          {foreignChildren(props.title)}
        </Typography>
        {props.actions && (
          <div className={classes.actions}>{props.actions}</div>
        )}
      </div>
      <div className={props.flush ? classes.flush : classes.body}>
        {props.children}
      </div>
    </Card>
  );
}

import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { foreignChildren } from './ForeignText';

const useStyles = makeStyles(
  {
    root: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    },
  },
  { name: 'RunbooksUnseen' },
);

/** Said by screen readers, not shown. */
export function Unseen(props: { children: ReactNode; role?: 'status' }) {
  const classes = useStyles();
  return (
    <span className={classes.root} role={props.role}>
      {foreignChildren(props.children)}
    </span>
  );
}

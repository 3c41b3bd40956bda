import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      alignItems: 'start',
      gridTemplateColumns: 'minmax(0, 1fr) minmax(300px, 360px)',
      gridTemplateAreas: `"head head" "main side" "end side"`,
      gridTemplateRows: 'auto auto 1fr',
      [theme.breakpoints.down('md')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
        gridTemplateAreas: `"head" "side" "main" "end"`,
        gridTemplateRows: 'none',
      },
    },
    head: {
      gridArea: 'head',
      minWidth: 0,
      display: 'grid',
      gap: theme.spacing(1.5),
    },
    side: {
      gridArea: 'side',
      minWidth: 0,
      display: 'grid',
      gap: theme.spacing(2),
      [theme.breakpoints.up('lg')]: {
        position: 'sticky',
        top: theme.spacing(2),
        maxHeight: `calc(100vh - ${theme.spacing(4)}px)`,
        overflowY: 'auto',
      },
    },
    main: {
      gridArea: 'main',
      minWidth: 0,
      display: 'grid',
      gap: theme.spacing(2),
    },
    end: { gridArea: 'end', minWidth: 0 },
    narrow: { display: 'grid', gap: theme.spacing(2), maxWidth: 900 },
  }),
  { name: 'RunbooksPageFrame' },
);

/** The places of a page about one procedure or one run. The side stays in view; on a phone it comes before the main part. */
export function PageFrame(props: {
  head: ReactNode;
  side?: ReactNode;
  main: ReactNode;
  /** Below the main part, at the very end on a phone. */
  end?: ReactNode;
}) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <div className={classes.head}>{props.head}</div>
      {props.side && <div className={classes.side}>{props.side}</div>}
      <div className={classes.main}>{props.main}</div>
      {props.end && <div className={classes.end}>{props.end}</div>}
    </div>
  );
}

/** In place of such a page while it loads, or when it cannot be loaded. */
export function NarrowFrame(props: { children: ReactNode }) {
  const classes = useStyles();
  return <div className={classes.narrow}>{props.children}</div>;
}

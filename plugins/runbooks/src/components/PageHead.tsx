import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { foreignChildren, ForeignText } from './ForeignText';
import { toneColors } from './toneColors';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
    crumbs: {
      fontSize: 13,
      lineHeight: 1.5,
      color: toneColors(theme, 'neutral').text,
      overflowWrap: 'anywhere',
    },
    titleLine: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 1.5),
    },
    title: {
      margin: 0,
      fontSize: 24,
      lineHeight: 1.25,
      fontWeight: 700,
      overflowWrap: 'anywhere',
      [theme.breakpoints.down('xs')]: { fontSize: 20 },
    },
    tags: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.75) },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2.5),
      margin: 0,
      fontSize: 13,
      lineHeight: 1.6,
    },
    fact: { display: 'flex', gap: theme.spacing(0.75), minWidth: 0 },
    label: { color: toneColors(theme, 'neutral').text, whiteSpace: 'nowrap' },
    value: { margin: 0, overflowWrap: 'anywhere' },
  }),
  { name: 'RunbooksPageHead' },
);

/** What a page is about: where it stands, its name, what it is, and what is known about it. */
export function PageHead(props: {
  /** Links to what is above, as people read them. */
  crumbs: ReactNode;
  /** What the crumbs are, for screen readers: "Place of the run". */
  crumbsLabel: string;
  title: string;
  tags: ReactNode;
  summary?: ReactNode;
  /** `Fact` elements. */
  facts: ReactNode;
  children?: ReactNode;
}) {
  const classes = useStyles();
  return (
    <header className={classes.root}>
      <nav className={classes.crumbs} aria-label={props.crumbsLabel}>
        {foreignChildren(props.crumbs)}
      </nav>
      <div className={classes.titleLine}>
        <h1 className={classes.title}>
          <ForeignText text={props.title} />
        </h1>
        <div className={classes.tags}>{props.tags}</div>
      </div>
      {props.summary}
      <dl className={classes.facts}>{props.facts}</dl>
      {props.children}
    </header>
  );
}

/** One fact of a page's head. */
export function Fact(props: { label: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <div className={classes.fact}>
      <dt className={classes.label}>
        <ForeignText text={props.label} />
      </dt>
      <dd className={classes.value}>{foreignChildren(props.children)}</dd>
    </div>
  );
}

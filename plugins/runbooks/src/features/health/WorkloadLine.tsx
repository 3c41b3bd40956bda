import { makeStyles } from '@material-ui/core/styles';
import { Disclosure } from '../../components/Disclosure';
import { Tag } from '../../components/Tag';
import { hairline } from '../../components/toneColors';
import type { ProblemView, WorkloadView } from './healthView';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(0.5), minWidth: 0 },
    head: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      alignItems: 'center',
      gap: theme.spacing(0.25, 1),
      fontSize: 13,
    },
    name: { overflowWrap: 'anywhere', lineHeight: 1.4 },
    kind: { color: theme.palette.text.secondary },
    ready: {
      fontVariantNumeric: 'tabular-nums',
      color: theme.palette.text.secondary,
      fontSize: 12,
      marginRight: theme.spacing(1),
    },
    message: {
      margin: 0,
      fontSize: 12.5,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
    problems: {
      listStyle: 'none',
      margin: 0,
      padding: theme.spacing(0, 0, 0, 1.25),
      borderLeft: `2px solid ${hairline(theme)}`,
      display: 'grid',
      gap: theme.spacing(0.75),
      fontSize: 12.5,
      lineHeight: 1.5,
      overflowWrap: 'anywhere',
    },
    code: { fontWeight: 600 },
  }),
  { name: 'RunbooksWorkloadLine' },
);

const PROBLEMS_AT_ONCE = 3;

/** One workload: its name, how much of it is ready, its verdict, and what is wrong with its pods. */
export function WorkloadLine({ workload }: { workload: WorkloadView }) {
  const classes = useStyles();
  const isWell = workload.verdict.tone === 'ok';
  return (
    <li className={classes.root}>
      <div className={classes.head}>
        <span className={classes.name}>
          <span className={classes.kind}>
            <ForeignText text={workload.kind} />
          </span>{' '}
          <ForeignText text={workload.name} />
        </span>
        <span>
          {workload.ready && (
            <span className={classes.ready}>
              <ForeignText text={workload.ready} />
            </span>
          )}
          <Tag tone={workload.verdict.tone}>{workload.verdict.label}</Tag>
        </span>
      </div>
      {!isWell && workload.verdict.message && (
        <p className={classes.message}>
          <ForeignText text={workload.verdict.message} />
        </p>
      )}
      {workload.problems.length > 0 && (
        <Problems problems={workload.problems} />
      )}
    </li>
  );
}

function Problems({ problems }: { problems: ProblemView[] }) {
  const classes = useStyles();
  const first = problems.slice(0, PROBLEMS_AT_ONCE);
  const more = problems.slice(PROBLEMS_AT_ONCE);
  return (
    <>
      <ProblemList problems={first} className={classes.problems} />
      {more.length > 0 && (
        <Disclosure summary={`${more.length} more`}>
          <ProblemList problems={more} className={classes.problems} />
        </Disclosure>
      )}
    </>
  );
}

function ProblemList(props: { problems: ProblemView[]; className: string }) {
  const classes = useStyles();
  return (
    <ul className={props.className}>
      {props.problems.map(problem => (
        <li key={problem.key}>
          <span className={classes.code}>
            <ForeignText text={problem.code} />
          </span>
          {': '}
          <ForeignText text={problem.message} />{' '}
          <span className={classes.kind}>
            (<ForeignText text={problem.object} />)
          </span>
        </li>
      ))}
    </ul>
  );
}

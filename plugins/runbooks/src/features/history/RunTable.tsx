import type { RunSummary } from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { DidTag } from '../../components/DidTag';
import { EffectTag } from '../../components/EffectTag';
import { EntityName } from '../../components/EntityName';
import { Ago } from '../../components/Moment';
import { StateTag } from '../../components/StateTag';
import { hairline } from '../../components/toneColors';
import { useRunbooksPaths } from '../../paths';
import { runWords } from '../../words/runWords';
import { dayTimeWords, durationWords } from '../../words/timeWords';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      width: '100%',
      borderCollapse: 'collapse',
      fontSize: 13,
      lineHeight: 1.5,
      '& th': {
        textAlign: 'left',
        fontWeight: 600,
        fontSize: 12,
        color: theme.palette.text.secondary,
        whiteSpace: 'nowrap',
      },
      '& th, & td': {
        padding: theme.spacing(1, 1),
        verticalAlign: 'top',
        borderTop: `1px solid ${hairline(theme)}`,
        overflowWrap: 'anywhere',
      },
      '& th:first-child, & td:first-child': { paddingLeft: theme.spacing(2) },
      '& th:last-child, & td:last-child': { paddingRight: theme.spacing(2) },
      '& tbody tr:hover': { backgroundColor: theme.palette.action.hover },
      [theme.breakpoints.down('sm')]: {
        '& thead': { display: 'none' },
        '&, & tbody, & td': { display: 'block' },
        '& tbody tr': {
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: theme.spacing(1.5),
          padding: theme.spacing(1.25, 2),
          borderTop: `1px solid ${hairline(theme)}`,
        },
        '& td, & td:first-child, & td:last-child': {
          maxWidth: '100%',
          boxSizing: 'border-box',
          border: 0,
          padding: theme.spacing(0.25, 0),
          order: 3,
        },
        '& td:nth-child(1)': { flex: '1 0 100%', order: 0 },
        '& td:nth-child(2)': { flex: '1 0 100%', order: 2 },
        '& td:nth-child(3), & td:nth-child(4)': { order: 1 },
        '& td[data-empty]': { display: 'none !important' },
        '& td[data-label]::before': {
          content: 'attr(data-label) ": "',
          color: theme.palette.text.secondary,
        },
      },
    },
    title: { fontSize: 14, fontWeight: 500 },
    cluster: {
      display: 'block',
      color: theme.palette.text.secondary,
      [theme.breakpoints.down('sm')]: {
        display: 'inline',
        '&::before': { content: '" on "' },
      },
    },
    quiet: { color: theme.palette.text.secondary },
    nowrap: { whiteSpace: 'nowrap' },
  }),
  { name: 'RunbooksRunTable' },
);

/** History as a table: who ran what, where, when, with what effect, approved by whom, and how it ended. */
export function RunTable({ runs }: { runs: RunSummary[] }) {
  const classes = useStyles();
  const paths = useRunbooksPaths();
  return (
    <table className={classes.root} aria-label="Runs">
      <thead>
        <tr>
          <th scope="col">Procedure</th>
          <th scope="col">Service</th>
          <th scope="col">State</th>
          <th scope="col">Effect</th>
          <th scope="col">Started by</th>
          <th scope="col">Approved by</th>
          <th scope="col">Started</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {runs.map(run => (
          <tr key={run.id}>
            <td>
              <Link to={paths.run(run.id)} className={classes.title}>
                <ForeignText text={run.procedureTitle} />
              </Link>
              <div className={classes.quiet}>
                <ForeignText text={run.runbookTitle} />
              </div>
            </td>
            <td data-label="Service">
              <EntityName entityRef={run.entityRef} isGone={run.entityIsGone} />
              {run.entityIsGone && (
                <div className={classes.quiet}>not in the catalog any more</div>
              )}
              {run.cluster && (
                <span className={classes.cluster}>
                  <ForeignText text={run.cluster} />
                </span>
              )}
            </td>
            <td>
              <StateTag words={runWords(run)} />
            </td>
            <td>
              <Effect run={run} />
            </td>
            <td data-label="Started by">
              <EntityName entityRef={run.requestedBy} />
            </td>
            <td
              data-label="Approved by"
              data-empty={run.approvedBy.length === 0 ? true : undefined}
            >
              {run.approvedBy.length === 0 && (
                <span className={classes.quiet}>nobody</span>
              )}
              {run.approvedBy.map((userRef, index) => (
                <span key={userRef}>
                  {index > 0 && ', '}
                  <EntityName entityRef={userRef} />
                </span>
              ))}
            </td>
            <td data-label="Started" className={classes.nowrap}>
              <Ago at={run.startedAt} />
              <div className={classes.quiet}>{dayTimeWords(run.startedAt)}</div>
            </td>
            <td data-label="Took" className={classes.nowrap}>
              {run.finishedAt ? (
                durationWords(
                  Date.parse(run.finishedAt) - Date.parse(run.startedAt),
                )
              ) : (
                <span className={classes.quiet}>not ended</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What it did, where all of that is known; of one that did nothing yet, what it may do. */
function Effect({ run }: { run: RunSummary }) {
  const classes = useStyles();
  const { writes, effect, finishedAt } = run;
  const isPlanned =
    writes === undefined || (finishedAt === undefined && writes === 0);
  if (isPlanned) {
    return (
      <>
        <EffectTag effect={effect} />{' '}
        <span className={classes.quiet}>as planned</span>
      </>
    );
  }
  return (
    <>
      <DidTag did={{ writes }} planned={effect} />
      {finishedAt === undefined && (
        <span className={classes.quiet}> so far</span>
      )}
    </>
  );
}

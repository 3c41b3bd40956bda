import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { EffectTag } from '../../components/EffectTag';
import { EntityName } from '../../components/EntityName';
import { MarkdownText } from '../../components/MarkdownText';
import { Tag } from '../../components/Tag';
import type { ProcedureView } from '@backstage-runbooks/plugin-runbooks-common';
import type { ProcedurePageView } from './procedurePageView';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
    crumbs: {
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
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
      lineHeight: 1.5,
    },
    fact: { display: 'flex', gap: theme.spacing(0.75), minWidth: 0 },
    label: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
    value: { margin: 0, overflowWrap: 'anywhere' },
  }),
  { name: 'RunbooksProcedureHead' },
);

/** Which procedure this is, where it stands in its document, and what is known about it. */
export function ProcedureHead(props: {
  page: ProcedurePageView;
  runbook: ProcedureView['runbook'];
  line: number;
  backTo: string;
}) {
  const { page, runbook, line, backTo } = props;
  const classes = useStyles();
  const place = `${runbook.path}:${line}`;
  return (
    <header className={classes.root}>
      <nav className={classes.crumbs} aria-label="Place of the procedure">
        <Link to={backTo}>All procedures</Link>
        {[runbook.title, ...page.context].map((part, index) => (
          <span key={`${index}|${part}`}>{` › ${part}`}</span>
        ))}
      </nav>
      <h1 className={classes.title}>{page.title}</h1>
      <div className={classes.tags}>
        <Tag>{page.kind}</Tag>
        <EffectTag effect={page.effect} />
        {page.observeOnly && (
          <Tag
            tone="info"
            title="Nothing in this procedure may change anything."
          >
            Observe only
          </Tag>
        )}
        {runbook.inheritedFrom && (
          <Tag>
            Inherited from <EntityName entityRef={runbook.inheritedFrom} />
          </Tag>
        )}
      </div>
      {page.summary && <MarkdownText text={page.summary} />}
      <dl className={classes.facts}>
        {page.facts.map(fact => (
          <div key={fact.label} className={classes.fact}>
            <dt className={classes.label}>{fact.label}</dt>
            <dd className={classes.value}>{fact.value}</dd>
          </div>
        ))}
        <div className={classes.fact}>
          <dt className={classes.label}>Source</dt>
          <dd className={classes.value}>
            {runbook.url ? <Link to={runbook.url}>{place}</Link> : place}
          </dd>
        </div>
      </dl>
    </header>
  );
}

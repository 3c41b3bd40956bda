import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { Disclosure } from '../../components/Disclosure';
import { EntityName } from '../../components/EntityName';
import { Tag } from '../../components/Tag';
import { hairline } from '../../components/toneColors';
import { countWords } from '../../words/procedureWords';
import { DocumentProblems } from './DocumentProblems';
import { ProcedureLine } from './ProcedureLine';
import type { DocumentView } from './procedureList';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: { borderTop: `1px solid ${hairline(theme)}`, minWidth: 0 },
    head: {
      display: 'grid',
      gap: theme.spacing(0.5),
      padding: theme.spacing(1.5, 2, 1),
      minWidth: 0,
    },
    titleLine: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
    },
    title: {
      margin: 0,
      fontSize: 14,
      fontWeight: 600,
      lineHeight: 1.5,
      overflowWrap: 'anywhere',
    },
    facts: {
      fontSize: 12.5,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
    rows: { listStyle: 'none', margin: 0, padding: theme.spacing(0, 0, 0.5) },
    empty: {
      margin: 0,
      padding: theme.spacing(0, 2, 1.5),
      fontSize: 13,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'RunbooksDocumentSection' },
);

/** One document with its procedures. */
export function DocumentSection(props: {
  document: DocumentView;
  toProcedure: (runbookId: string, procedureId: string) => string;
}) {
  const { document, toProcedure } = props;
  const classes = useStyles();
  const titleId = useId();
  return (
    <section className={classes.root} aria-labelledby={titleId}>
      <div className={classes.head}>
        <div className={classes.titleLine}>
          <h3 id={titleId} className={classes.title}>
            <ForeignText text={document.title} />
          </h3>
          {document.observeOnly && (
            <Tag
              tone="info"
              title="Nothing in this document may change anything."
            >
              Observe only
            </Tag>
          )}
          {document.inheritedFrom && (
            <Tag>
              Inherited from <EntityName entityRef={document.inheritedFrom} />
            </Tag>
          )}
        </div>
        <div className={classes.facts}>
          {document.url ? (
            <Link to={document.url}>
              <ForeignText text={document.path} />
            </Link>
          ) : (
            <ForeignText text={document.path} />
          )}
          <ForeignText
            text={document.facts.map(fact => ` · ${fact}`).join('')}
          />
        </div>
        {document.problems.length > 0 && (
          <Disclosure
            summary={countWords(
              document.problems.length,
              'problem in this document',
              'problems in this document',
            )}
          >
            <DocumentProblems
              path={document.path}
              problems={document.problems}
            />
          </Disclosure>
        )}
      </div>
      {document.rows.length > 0 ? (
        <ul className={classes.rows} aria-labelledby={titleId}>
          {document.rows.map(row => (
            <ProcedureLine
              key={row.key}
              row={row}
              to={toProcedure(row.runbookId, row.procedureId)}
            />
          ))}
        </ul>
      ) : (
        <p className={classes.empty}>
          No procedure was found in this document.
        </p>
      )}
    </section>
  );
}

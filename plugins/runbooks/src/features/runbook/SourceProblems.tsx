import type { SourceProblem } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { Notice } from '../../components/Notice';
import { countWords } from '../../words/procedureWords';
import { ForeignText } from '../../components/ForeignText';
import { NamedText } from '../../components/NamedText';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, paddingLeft: 18, display: 'grid', gap: 4 },
    place: {
      color: theme.palette.text.secondary,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
    },
  }),
  { name: 'RunbooksSourceProblems' },
);

/** Documents and references that could not be read, each with the reason and the place. */
export function SourceProblems({ problems }: { problems: SourceProblem[] }) {
  const classes = useStyles();
  if (problems.length === 0) return null;
  return (
    <Notice
      tone="caution"
      title={`${countWords(
        problems.length,
        'document',
      )} could not be read; the others are below`}
    >
      <ul className={classes.list}>
        {problems.map(problem => (
          <li key={`${problem.entityRef}|${problem.ref}|${problem.path}`}>
            <NamedText text={problem.message} />{' '}
            <span className={classes.place}>
              <ForeignText text={problem.path ?? problem.ref} />
              {problem.line ? `:${problem.line}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

import type { DocumentProblem } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: 0,
      paddingLeft: 18,
      display: 'grid',
      gap: theme.spacing(0.75),
      fontSize: 13,
      lineHeight: 1.5,
      overflowWrap: 'anywhere',
    },
    place: { color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksDocumentProblems' },
);

/** What the reader of the document stumbled over, with the line. */
export function DocumentProblems(props: {
  path: string;
  problems: DocumentProblem[];
}) {
  const classes = useStyles();
  return (
    <ul className={classes.root}>
      {props.problems.map(problem => (
        <li key={`${problem.line}:${problem.column}:${problem.code}`}>
          <ForeignText text={problem.message} />
          {problem.suggestion && (
            <ForeignText text={` ${problem.suggestion}`} />
          )}{' '}
          <span className={classes.place}>
            (<ForeignText text={props.path} />:{problem.line})
          </span>
        </li>
      ))}
    </ul>
  );
}

import { makeStyles } from '@material-ui/core/styles';
import { MarkdownText } from '../../components/MarkdownText';
import { Panel } from '../../components/Panel';
import type { ProcedurePageView } from './procedurePageView';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2, 3),
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(260px, 100%), 1fr))',
    },
    title: { margin: theme.spacing(0, 0, 0.75), fontSize: 14, fontWeight: 600 },
    list: {
      margin: 0,
      paddingLeft: 18,
      display: 'grid',
      gap: theme.spacing(0.5),
      fontSize: 14,
    },
  }),
  { name: 'RunbooksBackground' },
);

/** When the procedure applies and what must be there before: what the team wrote above its steps. */
export function Background({ page }: { page: ProcedurePageView }) {
  const parts = [
    { title: 'Symptoms', lines: page.symptoms },
    { title: 'Prerequisites', lines: page.prerequisites },
    { title: 'Done when', lines: page.successCriteria },
  ].filter(part => part.lines.length > 0);
  const classes = useStyles();
  if (parts.length === 0) return null;
  return (
    <Panel title="When and what for">
      <div className={classes.root}>
        {parts.map(part => (
          <div key={part.title}>
            <h3 className={classes.title}>
              <ForeignText text={part.title} />
            </h3>
            <ul className={classes.list}>
              {part.lines.map(line => (
                <li key={line}>
                  <MarkdownText text={line} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Panel>
  );
}

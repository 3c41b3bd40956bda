import { makeStyles } from '@material-ui/core/styles';
import { Disclosure } from '../../components/Disclosure';
import { ForeignText } from '../../components/ForeignText';
import { Notice } from '../../components/Notice';
import { DifferenceText } from './DifferenceText';
import type { ChangedFileView } from './approvalView';

const useStyles = makeStyles(
  theme => ({
    root: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(0.5),
    },
    path: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
    },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksChangedFiles' },
);

const CHANGES: Record<ChangedFileView['change'], string> = {
  added: 'added',
  changed: 'changed',
  deleted: 'deleted',
};

/** Files that the step can reach and that are not as git has them, each with its difference. */
export function ChangedFiles({ files }: { files: ChangedFileView[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.root} aria-label="Changed files">
      {files.map(file => (
        <li key={file.path}>
          <span className={classes.path}>
            <ForeignText text={file.path} />
          </span>{' '}
          <span className={classes.quiet}>
            {CHANGES[file.change]}
            {file.changedBy && <ForeignText text={` by ${file.changedBy}`} />}
          </span>
          {file.unseen && (
            <Notice tone="caution">
              {file.lines
                ? 'Only a part of what changed is shown here: the step may run what you do not see.'
                : 'Its content cannot be shown: the step may run what you do not see.'}
            </Notice>
          )}
          {file.hidesValues && (
            <Notice tone="info">
              Values of Secrets are hidden here, their keys are shown. The
              approval holds for exactly these values.
            </Notice>
          )}
          {file.lines && (
            <Disclosure summary="Difference from git" defaultOpen>
              <DifferenceText lines={file.lines} path={file.path} />
            </Disclosure>
          )}
        </li>
      ))}
    </ul>
  );
}

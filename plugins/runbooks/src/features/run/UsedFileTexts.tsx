import type {
  UsedFile,
  UsedFiles,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { CodeText } from '../../components/CodeText';
import { Disclosure } from '../../components/Disclosure';
import { ForeignText } from '../../components/ForeignText';
import { countWords } from '../../words/procedureWords';
import { beginningOf, lineCount, moreWords } from './fileBeginning';

const useStyles = makeStyles(
  theme => ({
    root: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(0.5),
    },
    rest: { marginTop: theme.spacing(0.5) },
    path: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
    },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksUsedFileTexts' },
);

/**
 * The scripts and manifests that a step uses as git has them, each with its text, open and without a scroll bar of its
 * own: what an approver does not look at must be what they folded away. Of a long one the rest is behind a line that
 * says what it may do.
 */
export function UsedFileTexts({ used }: { used: UsedFiles }) {
  const classes = useStyles();
  return (
    <ul className={classes.root} aria-label="Scripts and manifests">
      {used.files.map(file => (
        <li key={file.path}>
          <Disclosure
            defaultOpen
            summary={
              <>
                <span className={classes.path}>
                  <ForeignText text={file.path} />
                </span>{' '}
                <span className={classes.quiet}>{sizeWords(file)}</span>
              </>
            }
          >
            {file.hidesValues && (
              <p className={classes.quiet}>Secret values in it are hidden.</p>
            )}
            <FileText file={file} />
          </Disclosure>
        </li>
      ))}
      {used.unseen.map(path => (
        <li key={path}>
          <span className={classes.path}>
            <ForeignText text={path} />
          </span>{' '}
          <span className={classes.quiet}>
            cannot be shown: it is no text, a folder, or larger than 1 MiB
          </span>
        </li>
      ))}
      {used.more > 0 && (
        <li className={classes.quiet}>
          and {used.more} more, which are not shown here
        </li>
      )}
    </ul>
  );
}

function FileText({ file }: { file: UsedFile }) {
  const classes = useStyles();
  const { shown, rest } = beginningOf(file.text);
  return (
    <>
      <CodeText text={shown} what="the text of the file" />
      {rest !== undefined && (
        <div className={classes.rest}>
          <Disclosure summary={moreWords(file)}>
            <CodeText text={rest} what="the rest of the file" />
          </Disclosure>
        </div>
      )}
    </>
  );
}

function sizeWords({ text, whole }: UsedFile): string {
  const lines = countWords(lineCount(text), 'line');
  return whole ? lines : `its first ${lines}`;
}

import type { UsedFiles } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { CodeText } from '../../components/CodeText';
import { Disclosure } from '../../components/Disclosure';
import { ForeignText } from '../../components/ForeignText';

/** A text of so many lines is shown at once; a longer one is folded. */
const SHOWN_LINES = 12;

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
    text: { maxHeight: 360, overflow: 'auto' },
    path: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
    },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'RunbooksUsedFileTexts' },
);

/** The scripts and manifests that a step uses as git has them, each with its text. */
export function UsedFileTexts({ used }: { used: UsedFiles }) {
  const classes = useStyles();
  return (
    <ul className={classes.root} aria-label="Scripts and manifests">
      {used.files.map(({ path, text, whole, hidesValues }) => (
        <li key={path}>
          <Disclosure
            defaultOpen={lineCount(text) <= SHOWN_LINES}
            summary={
              <>
                <span className={classes.path}>
                  <ForeignText text={path} />
                </span>{' '}
                <span className={classes.quiet}>{sizeWords(text, whole)}</span>
              </>
            }
          >
            {hidesValues && (
              <p className={classes.quiet}>Secret values in it are hidden.</p>
            )}
            <div
              className={classes.text}
              role="region"
              aria-label="Text of the file"
              // What scrolls must be reachable by keyboard.
              // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
            >
              <CodeText text={text} what="the text of the file" />
            </div>
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

function lineCount(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

function sizeWords(text: string, whole: boolean): string {
  const count = lineCount(text);
  const lines = count === 1 ? '1 line' : `${count} lines`;
  return whole ? lines : `its first ${lines}`;
}

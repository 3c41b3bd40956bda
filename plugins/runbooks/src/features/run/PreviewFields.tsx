import {
  visibleText,
  type FieldPreview,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { Disclosure } from '../../components/Disclosure';
import { ForeignText } from '../../components/ForeignText';
import { Unseen } from '../../components/Unseen';
import { countWords } from '../../words/procedureWords';
import { DifferenceText } from './DifferenceText';
import { valueDifference } from './valueDifference';

/** So many fields are shown at once; more are folded. */
const SHOWN_FIELDS = 6;

/** A value with more characters, or with several lines, is shown as a difference of lines. */
const SHORT_VALUE = 80;

const useStyles = makeStyles(
  theme => ({
    root: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(0.75),
      fontSize: 13,
      lineHeight: 1.5,
      overflowWrap: 'anywhere',
    },
    path: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12,
      color: theme.palette.text.secondary,
    },
    quiet: { color: theme.palette.text.secondary },
    before: {
      color: theme.palette.text.secondary,
      textDecoration: 'line-through',
    },
    after: { fontWeight: 500 },
  }),
  { name: 'RunbooksPreviewFields' },
);

/** The fields of one object, before and after; many of them are there on demand. */
export function PreviewFields(props: {
  fields: FieldPreview[];
  /** So many more were left out. */
  more: number;
  /** The object is not there yet: none of its fields has a before. */
  isNew: boolean;
  /** The object, for screen readers. */
  of: string;
}) {
  const { fields, more, isNew, of } = props;
  const classes = useStyles();
  const list = (
    <ul className={classes.root} aria-label={`Fields of ${visibleText(of)}`}>
      {fields.map((field, index) => (
        <li key={index}>
          <div className={classes.path}>
            <ForeignText text={field.path} />
          </div>
          <Values field={field} isNew={isNew} />
        </li>
      ))}
      {more > 0 && (
        <li className={classes.quiet}>
          and {countWords(more, 'more field')}, not shown here
        </li>
      )}
    </ul>
  );
  if (fields.length <= SHOWN_FIELDS) return list;
  return (
    <Disclosure summary={countWords(fields.length + more, 'field')}>
      {list}
    </Disclosure>
  );
}

function Values({ field, isNew }: { field: FieldPreview; isNew: boolean }) {
  const classes = useStyles();
  const { path, before, after, hidden } = field;
  if (hidden) {
    return <span>{isNew ? 'hidden' : 'hidden, differs'}</span>;
  }
  if (isLong(before) || isLong(after)) {
    return (
      <DifferenceText lines={valueDifference(before, after)} path={path} />
    );
  }
  return (
    <div>
      {!isNew && (
        <>
          {before === undefined ? (
            <span className={classes.quiet}>not set</span>
          ) : (
            <>
              <Unseen>was</Unseen>{' '}
              <span className={classes.before}>
                <ForeignText text={shown(before)} />
              </span>
            </>
          )}{' '}
          <span aria-hidden>→</span>{' '}
          {after !== undefined && <Unseen>becomes</Unseen>}{' '}
        </>
      )}
      <span className={classes.after}>
        <ForeignText text={after === undefined ? 'removed' : shown(after)} />
      </span>
    </div>
  );
}

function isLong(value: string | undefined): boolean {
  return (
    value !== undefined && (value.length > SHORT_VALUE || value.includes('\n'))
  );
}

function shown(value: string): string {
  return value === '' ? '""' : value;
}

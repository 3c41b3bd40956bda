import {
  assertNever,
  type ObjectPreview,
  type Preview,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import AddCircleOutlineIcon from '@material-ui/icons/AddCircleOutline';
import BuildOutlinedIcon from '@material-ui/icons/BuildOutlined';
import DeleteOutlinedIcon from '@material-ui/icons/DeleteOutlined';
import type { ReactElement } from 'react';
import { ForeignText } from '../../components/ForeignText';
import { Notice } from '../../components/Notice';
import { toneColors } from '../../components/toneColors';
import { countWords } from '../../words/procedureWords';
import { upperFirst } from '../../words/upperFirst';
import { PreviewFields } from './PreviewFields';
import {
  changesWords,
  headlineOf,
  isWrittenAgain,
  objectWords,
} from './previewWords';

const useStyles = makeStyles(
  theme => {
    const edged = (color: string) => ({ borderLeft: `3px solid ${color}` });
    const danger = toneColors(theme, 'danger');
    return {
      root: {
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: theme.spacing(1),
        fontSize: 14,
        lineHeight: 1.5,
        overflowWrap: 'anywhere',
        '& p': { margin: 0 },
      },
      lines: {
        listStyle: 'none',
        margin: 0,
        padding: 0,
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: theme.spacing(1),
      },
      object: {
        display: 'grid',
        gridTemplateColumns: '18px minmax(0, 1fr)',
        gap: theme.spacing(0, 1),
        padding: theme.spacing(0.5, 0, 0.5, 1.25),
        borderRadius: 2,
        '& > svg': { fontSize: 18, marginTop: 2 },
      },
      create: edged(toneColors(theme, 'ok').line),
      change: edged(toneColors(theme, 'info').line),
      delete: {
        ...edged(danger.line),
        backgroundColor: danger.tint,
        color: danger.text,
      },
      lead: { fontWeight: 600 },
      fields: { paddingTop: theme.spacing(0.5) },
      quiet: { fontSize: 13, color: theme.palette.text.secondary },
    };
  },
  { name: 'RunbooksPreviewView' },
);

const ICONS: Record<ObjectPreview['change'], ReactElement> = {
  create: <AddCircleOutlineIcon aria-hidden />,
  change: <BuildOutlinedIcon aria-hidden />,
  delete: <DeleteOutlinedIcon aria-hidden />,
};

/** What a step would change in the cluster, or why nobody knows. Colours never say it alone. */
export function PreviewView({ preview }: { preview: Preview }) {
  const classes = useStyles();
  switch (preview.outcome) {
    case 'creates':
    case 'changes':
      return (
        <div className={classes.root}>
          <p>
            <ForeignText text={`${changesWords(preview)}.`} />
          </p>
          <ul className={classes.lines} aria-label="Objects">
            {preview.objects.map((object, index) => (
              <ObjectLine
                key={index}
                preview={object}
                isAgain={isWrittenAgain(preview.objects, index)}
              />
            ))}
            {preview.more && (
              <li className={classes.quiet}>
                and {countWords(preview.more, 'more object')}, not shown here
              </li>
            )}
          </ul>
          <Notes notes={preview.notes} />
        </div>
      );
    case 'changes-nothing':
      return (
        <div className={classes.root}>
          <p>
            <strong className={classes.lead}>Changes nothing</strong>: whatever
            it writes is like that already.
          </p>
          <Notes notes={preview.notes} />
        </div>
      );
    case 'refused':
      return (
        <Notice tone="danger" title="Refused by the server">
          {preview.because}
        </Notice>
      );
    case 'not-possible':
      return (
        <Notice tone="caution">{`No preview, because ${preview.because}`}</Notice>
      );
    case 'failed':
      return (
        <Notice tone="caution" title="The preview failed">
          {upperFirst(preview.because)}
        </Notice>
      );
    default:
      return assertNever(preview);
  }
}

/** One write of an object: what people look for in bold on top, then its fields. */
function ObjectLine({
  preview,
  isAgain,
}: {
  preview: ObjectPreview;
  isAgain: boolean;
}) {
  const classes = useStyles();
  const { change, object, fields } = preview;
  const headline = headlineOf(preview);
  const words = objectWords(preview, isAgain);
  return (
    <li className={`${classes.object} ${classes[change]}`}>
      {ICONS[change]}
      <div>
        <p className={classes.lead}>
          <ForeignText text={upperFirst(headline ?? words)} />
        </p>
        {headline && (
          <p>
            <ForeignText text={words} />
          </p>
        )}
        {fields.length > 0 && (
          <div className={classes.fields}>
            <PreviewFields
              fields={fields}
              more={preview.more ?? 0}
              isNew={change === 'create'}
              of={`${object.kind} ${object.name}`}
            />
          </div>
        )}
      </div>
    </li>
  );
}

function Notes({ notes }: { notes: string[] }) {
  const classes = useStyles();
  if (notes.length === 0) return null;
  return (
    <ul className={`${classes.lines} ${classes.quiet}`} aria-label="Notes">
      {notes.map(note => (
        <li key={note}>
          <ForeignText text={note} />
        </li>
      ))}
    </ul>
  );
}

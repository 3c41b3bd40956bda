import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { makeStyles } from '@material-ui/core/styles';
import { CodeText } from '../../components/CodeText';
import { Panel } from '../../components/Panel';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.5),
      maxWidth: 720,
      fontSize: 14,
      lineHeight: 1.55,
    },
    words: { margin: 0 },
  }),
  { name: 'RunbooksHowToAnnotate' },
);

/** Tells how a service gets its runbooks: one annotation, ready to copy. */
export function HowToAnnotate({ entityRef }: { entityRef: EntityRef }) {
  const classes = useStyles();
  const { name } = parseEntityRef(entityRef);
  return (
    <Panel title="No runbooks yet">
      <div className={classes.root}>
        <p className={classes.words}>
          Keep Markdown runbooks in the repository of{' '}
          <b>
            <ForeignText text={name} />
          </b>{' '}
          and name their folder in its <code>catalog-info.yaml</code>. They
          appear here as they are written: nothing has to be converted.
        </p>
        <CodeText what="annotation" text={annotation(name)} />
        <p className={classes.words}>
          <code>dir:</code> takes every Markdown file below a folder,{' '}
          <code>file:</code> one file, <code>url:</code> one in another
          repository; separate several with commas.
        </p>
      </div>
    </Panel>
  );
}

function annotation(name: string) {
  return [
    'metadata:',
    `  name: ${name}`,
    '  annotations:',
    '    backstage-runbooks.io/runbooks-ref: dir:runbooks',
  ].join('\n');
}

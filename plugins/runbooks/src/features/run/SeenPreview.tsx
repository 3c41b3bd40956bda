import type { ApprovalRequest } from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { Disclosure } from '../../components/Disclosure';
import { hairline } from '../../components/toneColors';
import { PreviewView } from './PreviewView';

const useStyles = makeStyles(
  theme => ({
    preview: {
      padding: theme.spacing(1.5),
      borderRadius: 4,
      border: `1px solid ${hairline(theme)}`,
    },
  }),
  { name: 'RunbooksSeenPreview' },
);

/** What whoever decided on a step saw that it would change; nothing where nobody had looked. */
export function SeenPreview({ request }: { request: ApprovalRequest }) {
  const classes = useStyles();
  if (!request.preview) return null;
  return (
    <Disclosure summary="What the approver saw">
      <div className={classes.preview}>
        <PreviewView preview={request.preview} />
      </div>
    </Disclosure>
  );
}

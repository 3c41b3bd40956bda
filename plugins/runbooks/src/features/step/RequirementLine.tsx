import { makeStyles } from '@material-ui/core/styles';
import type { RequirementView } from './stepView';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: 0,
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'RunbooksRequirementLine' },
);

/** What must happen before a step may run; nothing where it may run at once. */
export function RequirementLine(props: { requirement: RequirementView }) {
  const { label, because, needsApproval } = props.requirement;
  const classes = useStyles();
  if (!needsApproval) return null;
  return (
    <p className={classes.root}>
      <b>{because ? `${label}:` : `${label}.`}</b>{' '}
      <ForeignText text={because ?? ''} />
    </p>
  );
}

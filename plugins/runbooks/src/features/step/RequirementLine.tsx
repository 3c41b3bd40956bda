import { makeStyles } from '@material-ui/core/styles';
import type { RequirementView } from './stepView';
import { EntityNames } from '../../components/EntityNames';
import { ForeignText } from '../../components/ForeignText';
import { QuotedText } from '../../components/QuotedText';

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

/** What must happen before a step may run, and by whom; nothing where it may run at once. */
export function RequirementLine(props: {
  requirement: RequirementView;
  /** Who must approve stands elsewhere. */
  withoutNames?: boolean;
}) {
  const { label, because, needsApproval, approvedBy, typed, whyThese } =
    props.requirement;
  const classes = useStyles();
  if (!needsApproval) return null;
  const hasNames = approvedBy.length > 0 && !props.withoutNames;
  return (
    <p className={classes.root}>
      <b>{label}</b>
      {hasNames && (
        <>
          {' by owners of '}
          <EntityNames entityRefs={approvedBy} />
        </>
      )}
      {typed !== undefined && (
        <ForeignText
          text={`, and whoever asks for it types "${typed}" to confirm`}
        />
      )}
      <QuotedText text={because ? `: ${sentenceEnd(because)}` : '.'} />
      {hasNames && whyThese && <ForeignText text={` ${whyThese}`} />}
    </p>
  );
}

/** A reason ends as a sentence does, since another may follow. */
function sentenceEnd(because: string): string {
  return /[.!?]$/.test(because) ? because : `${because}.`;
}

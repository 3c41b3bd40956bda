import { makeStyles } from '@material-ui/core/styles';
import { EffectTag } from '../../components/EffectTag';
import { Tag } from '../../components/Tag';
import { hairline } from '../../components/toneColors';
import { RequirementLine } from '../step/RequirementLine';
import { StepBody } from '../step/StepBody';
import type { StepView } from '../step/stepView';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: '28px minmax(0, 1fr)',
      columnGap: theme.spacing(1),
      padding: theme.spacing(1.75, 2),
      '&:not(:first-child)': { borderTop: `1px solid ${hairline(theme)}` },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    number: {
      fontSize: 14,
      lineHeight: 1.55,
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
      [theme.breakpoints.down('xs')]: { display: 'none' },
    },
    body: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
    },
    title: {
      margin: 0,
      flex: '1 1 240px',
      minWidth: 0,
      fontSize: 14,
      fontWeight: 600,
      lineHeight: 1.55,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'RunbooksStepCard' },
);

/** One step of a procedure that is read, not yet run. */
export function StepCard({ step }: { step: StepView }) {
  const classes = useStyles();
  return (
    <li className={classes.root}>
      <span className={classes.number} aria-hidden>
        {step.number}
      </span>
      <div className={classes.body}>
        <div className={classes.head}>
          <h4 className={classes.title}>
            {step.alternative && (
              <ForeignText text={`${step.alternative.label}: `} />
            )}
            <ForeignText text={step.title} />
          </h4>
          {step.type === 'command' ? (
            <EffectTag
              effect={step.effect}
              because={step.because}
              readsSecrets={step.secrets.kind !== 'none'}
            />
          ) : (
            <Tag>{step.typeLabel}</Tag>
          )}
        </div>
        <StepBody step={step}>
          {step.requirement && (
            <RequirementLine requirement={step.requirement} />
          )}
        </StepBody>
      </div>
    </li>
  );
}

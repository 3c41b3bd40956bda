import type {
  PlanProblem,
  ProcedureView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type { Dispatch } from 'react';
import { ActionButton } from '../../components/ActionButton';
import { LoadFailure } from '../../components/LoadFailure';
import { Notice } from '../../components/Notice';
import { Panel } from '../../components/Panel';
import { useRunbooksPaths } from '../../paths';
import { runbooksTranslationRef } from '../../translation';
import { ClusterField } from './ClusterField';
import { ParameterField } from './ParameterField';
import { PlanSummary } from './PlanSummary';
import {
  hasOwnPlace,
  parameterHelp,
  type PlanForm,
  type PlanFormChange,
} from './planForm';
import type { StartState } from './useStart';
import type { PlanState } from './usePlan';
import { CodeText } from '../../components/CodeText';
import { NamedText } from '../../components/NamedText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    fields: { display: 'grid', gap: theme.spacing(1.75), minWidth: 0 },
    start: { display: 'grid', gap: theme.spacing(0.75) },
    why: {
      margin: 0,
      minHeight: 20,
      fontSize: 13,
      lineHeight: '20px',
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'RunbooksStartPanel' },
);

/** What the person supplies, what the plan says, and the one button that starts the run. */
export function StartPanel(props: {
  view: ProcedureView;
  form: PlanForm;
  onChange: Dispatch<PlanFormChange>;
  plan: PlanState;
  onPlanAgain: () => void;
  start: StartState;
  whyNot: string | undefined;
  onStart: () => void;
}) {
  const { view, form, onChange, plan, start, whyNot } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(runbooksTranslationRef);
  const problems = plan.status === 'refused' ? plan.problems : [];
  const isStarting = start.status === 'starting';
  return (
    <Panel title={t('procedure.run')}>
      <form
        className={classes.root}
        noValidate
        onSubmit={event => {
          event.preventDefault();
          if (!whyNot && !isStarting) props.onStart();
        }}
      >
        {form.again && <AsBefore runId={form.again.runId} view={view} />}
        <div className={classes.fields}>
          <ClusterField
            clusters={view.clusters}
            noClusters={view.noClusters}
            namespace={view.namespace}
            cluster={form.cluster}
            problems={problems}
            onChange={cluster => onChange({ kind: 'cluster', cluster })}
          />
          {view.parameters.map(parameter => (
            <ParameterField
              key={parameter.name}
              parameter={parameter}
              value={form.values[parameter.name] ?? ''}
              help={parameterHelp(parameter, form, problems)}
              onChange={value =>
                onChange({ kind: 'value', name: parameter.name, value })
              }
            />
          ))}
        </div>
        {plan.status === 'failed' && view.mayStart.allowed && (
          <LoadFailure
            error={plan.error}
            what="plan"
            onRetry={props.onPlanAgain}
          />
        )}
        {plan.status !== 'refused' && plan.plan && (
          <PlanSummary plan={plan.plan} />
        )}
        <div className={classes.start}>
          <OtherProblems problems={problems} />
          {start.status === 'failed' && (
            <LoadFailure error={start.error} what="start the run" />
          )}
          {start.status === 'plan-changed' && (
            <Notice tone="caution" title="The plan has changed" live>
              The document or something it depends on changed since you looked.
              It was planned again: check the steps, then start.
            </Notice>
          )}
          <ActionButton
            fullWidth
            type="submit"
            color="primary"
            variant="contained"
            disabled={Boolean(whyNot) || isStarting}
            aria-describedby="runbooks-why-not-start"
          >
            {isStarting ? t('procedure.starting') : t('procedure.start')}
          </ActionButton>
          <p
            id="runbooks-why-not-start"
            className={classes.why}
            role="status"
            aria-live="polite"
          >
            <NamedText
              text={
                whyNot ??
                'Steps that only read run without an approval. All others need one, and so do reads of Secrets and what goes into a pod.'
              }
            />
          </p>
          {!view.mayStart.allowed && view.mayStart.snippet !== undefined && (
            <CodeText text={view.mayStart.snippet} what="the configuration" />
          )}
        </div>
      </form>
    </Panel>
  );
}

/** Where the values come from, before they are looked at. */
function AsBefore(props: { runId: string; view: ProcedureView }) {
  const { runId, view } = props;
  const paths = useRunbooksPaths();
  return (
    <Notice tone="info">
      Filled in as in <Link to={paths.run(runId)}>this run</Link>.
      {view.parameters.some(parameter => parameter.secret) &&
        ' Secret values are not kept: type them again.'}
    </Notice>
  );
}

/** Problems that belong to no field, with the step they are about. */
function OtherProblems({ problems }: { problems: PlanProblem[] }) {
  const classes = useStyles();
  const others = problems.filter(hasOwnPlace);
  if (others.length === 0) return null;
  return (
    <div className={classes.fields}>
      {others.map(problem => (
        <Notice
          key={`${problem.code}|${problem.stepId}|${problem.message}`}
          tone="danger"
          live
        >
          <NamedText text={problem.message} />
          {problem.line ? ` (line ${problem.line})` : ''}
        </Notice>
      ))}
    </div>
  );
}

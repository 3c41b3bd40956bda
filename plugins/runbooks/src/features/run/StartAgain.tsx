import type { RunView } from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { toneColors } from '../../components/toneColors';
import { useRunbooksPaths } from '../../paths';
import { runbooksTranslationRef } from '../../translation';
import { valuesOfRun } from '../procedure/valuesOfRun';

const useStyles = makeStyles(
  theme => ({
    root: { margin: 0, fontSize: 14, lineHeight: 1.5 },
    quiet: { color: toneColors(theme, 'neutral').text },
  }),
  { name: 'RunbooksStartAgain' },
);

/** From a run that has ended to its procedure, filled in with the same values; nothing starts by itself. */
export function StartAgain({ view }: { view: RunView }) {
  const classes = useStyles();
  const paths = useRunbooksPaths();
  const { t } = useTranslationRef(runbooksTranslationRef);
  if (view.entityIsGone) return null;
  const { plan } = view.run;
  const hasSecrets = plan.parameters.some(parameter => parameter.secret);
  return (
    <p className={classes.root}>
      <Link
        to={paths.procedure(plan.entityRef, plan.runbook.id, plan.procedure.id)}
        state={valuesOfRun(view.run)}
      >
        {t('run.startAgain')}
      </Link>{' '}
      <span className={classes.quiet}>
        {hasSecrets
          ? 'A new run; you look at the plan first. Secret values are asked for again.'
          : 'A new run; you look at the plan first.'}
      </span>
    </p>
  );
}

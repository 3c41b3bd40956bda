import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { EffectTag } from '../../components/EffectTag';
import { Panel } from '../../components/Panel';
import { hairline } from '../../components/toneColors';
import { runbooksTranslationRef } from '../../translation';
import type { FittingProcedure } from './fittingProcedures';
import { ForeignText } from '../../components/ForeignText';

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    line: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1.5),
      padding: theme.spacing(1.25, 2),
      '&:not(:first-child)': { borderTop: `1px solid ${hairline(theme)}` },
    },
    title: {
      fontSize: 14,
      fontWeight: 600,
      lineHeight: 1.45,
      overflowWrap: 'anywhere',
    },
    because: {
      fontSize: 13,
      lineHeight: 1.5,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'RunbooksFittingPanel' },
);

/** Procedures that fit what is broken now, each with the reason; nothing where none fits. */
export function FittingPanel(props: {
  procedures: FittingProcedure[];
  toProcedure: (runbookId: string, procedureId: string) => string;
}) {
  const { procedures, toProcedure } = props;
  const { t } = useTranslationRef(runbooksTranslationRef);
  const classes = useStyles();
  if (procedures.length === 0) return null;
  return (
    <Panel flush title={t('tab.fitting')}>
      <ol className={classes.list}>
        {procedures.map(one => (
          <li key={one.key} className={classes.line}>
            <div>
              <Link
                className={classes.title}
                to={toProcedure(one.runbookId, one.procedureId)}
              >
                <ForeignText text={one.title} />
              </Link>
              <div className={classes.because}>
                <ForeignText text={one.because} /> ·{' '}
                <ForeignText text={one.document} />
              </div>
            </div>
            <EffectTag effect={one.effect} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

import type {
  Plan,
  RunLedger,
} from '@backstage-runbooks/plugin-runbooks-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { ActionButton } from '../../components/ActionButton';
import { EntityName } from '../../components/EntityName';
import { LoadFailure } from '../../components/LoadFailure';
import { Notice } from '../../components/Notice';
import { Panel } from '../../components/Panel';
import { Tag } from '../../components/Tag';
import { Waiting } from '../../components/Waiting';
import { hairline } from '../../components/toneColors';
import { columnMomentWords, momentWords } from '../../words/timeWords';
import { runbooksTranslationRef } from '../../translation';
import { ledgerStory } from './ledgerStory';
import { SealNote } from './SealNote';
import { useEvidenceExport } from './useEvidenceExport';
import { useKeyDownload } from './useKeyDownload';
import { useLedger } from './useLedger';
import { ForeignText } from '../../components/ForeignText';
import { NamedText } from '../../components/NamedText';

const useStyles = makeStyles(
  theme => ({
    story: { listStyle: 'none', margin: theme.spacing(-0.75, 0), padding: 0 },
    line: {
      display: 'grid',
      gridTemplateColumns: '124px minmax(0, 1fr) 76px',
      gap: theme.spacing(0, 2),
      padding: theme.spacing(0.75, 0),
      fontSize: 13,
      lineHeight: 1.55,
      '&:not(:first-child)': { borderTop: `1px solid ${hairline(theme)}` },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    quiet: {
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
      fontVariantNumeric: 'tabular-nums',
    },
    hash: {
      color: theme.palette.text.secondary,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12,
      [theme.breakpoints.down('xs')]: { display: 'none' },
    },
    words: { overflowWrap: 'anywhere', minWidth: 0 },
    broken: { marginBottom: theme.spacing(2) },
  }),
  { name: 'RunbooksLedgerPanel' },
);

/** What was recorded of a run, as a story, whether all of it fits together and is sealed, and its evidence as a file. */
export function LedgerPanel(props: {
  runId: string;
  plan: Plan;
  eventCount: number;
}) {
  const { runId, plan, eventCount } = props;
  const { t } = useTranslationRef(runbooksTranslationRef);
  const ledger = useLedger(runId, eventCount);
  const evidence = useEvidenceExport(runId);
  const keys = useKeyDownload();
  return (
    <Panel
      title={t('run.history')}
      actions={
        ledger.status === 'ready' && (
          <>
            <ChainTag ledger={ledger.value} />
            <ActionButton
              size="small"
              variant="outlined"
              disabled={evidence.state.status === 'exporting'}
              onClick={evidence.exportEvidence}
            >
              {t('run.exportEvidence')}
            </ActionButton>
            <ActionButton
              size="small"
              variant="outlined"
              title="Downloads the public key that the evidence is checked with"
              disabled={keys.state.status === 'loading'}
              onClick={keys.download}
            >
              {t('run.publicKey')}
            </ActionButton>
          </>
        )
      }
    >
      {ledger.status === 'loading' && (
        <Waiting what="the history" lines={Math.min(eventCount, 8)} />
      )}
      {ledger.status === 'failed' && (
        <LoadFailure
          error={ledger.error}
          what="load the history of this run"
          onRetry={ledger.reload}
        />
      )}
      {evidence.state.status === 'failed' && (
        <LoadFailure
          error={evidence.state.error}
          what="export the evidence of this run"
          onRetry={evidence.exportEvidence}
        />
      )}
      {keys.state.status === 'failed' && (
        <LoadFailure
          error={keys.state.error}
          what="download the public key"
          onRetry={keys.download}
        />
      )}
      {ledger.status === 'ready' && (
        <>
          <Story ledger={ledger.value} plan={plan} />
          <SealNote ledger={ledger.value} fileName={evidence.fileName} />
        </>
      )}
    </Panel>
  );
}

function ChainTag({ ledger }: { ledger: RunLedger }) {
  const { verification } = ledger;
  return verification.intact ? (
    <Tag tone="ok" title={`Head ${verification.head}`}>
      Chain intact
    </Tag>
  ) : (
    <Tag tone="danger">Broken at event {verification.brokenAt}</Tag>
  );
}

function Story({ ledger, plan }: { ledger: RunLedger; plan: Plan }) {
  const classes = useStyles();
  return (
    <>
      {!ledger.verification.intact && (
        <div className={classes.broken}>
          <Notice tone="danger" title="The record was changed">
            <ForeignText text={ledger.verification.message} />
          </Notice>
        </div>
      )}
      <ol className={classes.story}>
        {ledgerStory(ledger.events, plan).map(line => (
          <li key={line.seq} className={classes.line}>
            <time
              className={classes.quiet}
              dateTime={line.at}
              title={momentWords(line.at)}
            >
              {columnMomentWords(line.at)}
            </time>
            <span className={classes.words}>
              {line.by && (
                <>
                  <EntityName entityRef={line.by} />{' '}
                </>
              )}
              <ForeignText text={line.did} />
              {line.detail && (
                <div className={classes.quiet}>
                  <NamedText text={line.detail} />
                </div>
              )}
              {line.words && (
                <div className={classes.quiet}>
                  &quot;
                  <ForeignText text={line.words} />
                  &quot;
                </div>
              )}
            </span>
            <span className={classes.hash} title={`Hash ${line.hash}`}>
              {line.hash.slice(0, 8)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

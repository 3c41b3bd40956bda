import type {
  ApprovalRequest,
  UsedFiles,
} from '@backstage-runbooks/plugin-runbooks-common';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/core-plugin-api';
import { useEffect } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import type { Reloadable } from '../../async/Loaded';
import { useLoaded } from '../../async/useLoaded';
import { EffectTag } from '../../components/EffectTag';
import { EntityName } from '../../components/EntityName';
import { foreignChildren, ForeignText } from '../../components/ForeignText';
import { Ago, Until } from '../../components/Moment';
import { Waiting } from '../../components/Waiting';
import { toneColors } from '../../components/toneColors';
import { ReasonText } from '../step/ReasonText';
import { ScopeText } from '../scope/ScopeText';
import { LoadFailure } from '../../components/LoadFailure';
import { ChangedFiles } from './ChangedFiles';
import type { FilesStatus } from './approvalCautions';
import type { ApprovalView, ValueView } from './approvalView';
import { PreviewView } from './PreviewView';
import { UsedFileTexts } from './UsedFileTexts';

const useStyles = makeStyles(
  theme => ({
    root: {
      minWidth: 0,
      margin: 0,
      padding: theme.spacing(1.5),
      borderRadius: 4,
      border: `1px solid ${toneColors(theme, 'caution').line}`,
      display: 'grid',
      gridTemplateColumns: 'max-content minmax(0, 1fr)',
      gap: theme.spacing(0.75, 2),
      fontSize: 14,
      lineHeight: 1.5,
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
        rowGap: 0,
        '& dd': { marginBottom: theme.spacing(1) },
      },
    },
    label: { color: theme.palette.text.secondary },
    value: { margin: 0, overflowWrap: 'anywhere' },
    lines: { listStyle: 'none', margin: 0, padding: 0 },
    code: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
    },
  }),
  { name: 'RunbooksApprovalBox' },
);

/**
 * What an approval covers: exactly this text, these values, files, writes and this scope, asked for by this person;
 * and what it would change, where somebody looked.
 */
export function ApprovalBox(props: {
  runId: string;
  stepId: string;
  request: ApprovalRequest;
  view: ApprovalView;
  /** The run has ended: it waits no more. */
  isOver: boolean;
  /** Told where the texts of scripts and manifests stand: what is not shown yet was not seen. */
  onFiles?: (status: FilesStatus) => void;
}) {
  const { runId, stepId, request, view, isOver, onFiles } = props;
  const classes = useStyles();
  const api = useApi(runbooksApiRef);
  const used = useLoaded(
    () => api.getStepFiles(runId, stepId),
    `${runId} ${stepId} ${request.digest}`,
  );
  useEffect(() => onFiles?.(used.status), [onFiles, used.status]);
  const facts: FactProps[] = [
    {
      label: 'Asked by',
      value: (
        <>
          <EntityName entityRef={request.requestedBy} />,{' '}
          <Ago at={request.requestedAt} />
        </>
      ),
    },
    ...(request.reason ? [{ label: 'Reason', value: request.reason }] : []),
    ...(request.preview
      ? [
          {
            label: 'What it would change',
            value: <PreviewView preview={request.preview} />,
          },
        ]
      : []),
    { label: 'Effect', value: <Effect view={view} /> },
    ...(view.values.length > 0
      ? [{ label: 'Values', value: <Values values={view.values} /> }]
      : []),
    ...(view.files.length > 0
      ? [{ label: 'Changed files', value: <ChangedFiles files={view.files} /> }]
      : []),
    ...usesFacts(used),
    { label: 'May write', value: <Lines lines={view.writes} /> },
    { label: 'Scope', value: <ScopeText scope={view.scope} /> },
    ...(isOver
      ? []
      : [{ label: 'Expires', value: <Until at={request.expiresAt} /> }]),
  ];
  return (
    <dl className={classes.root} aria-label="What the approval covers">
      {facts.map(fact => (
        <Fact key={fact.label} {...fact} />
      ))}
    </dl>
  );
}

/** The text of what the words of the step name: they alone do not tell what it does. */
function usesFacts(used: Reloadable<UsedFiles>): FactProps[] {
  switch (used.status) {
    case 'ready': {
      const { files, unseen } = used.value;
      return files.length + unseen.length > 0
        ? [{ label: 'Uses', value: <UsedFileTexts used={used.value} /> }]
        : [];
    }
    case 'failed':
      return [
        {
          label: 'Uses',
          value: (
            <LoadFailure
              error={used.error}
              what="show the scripts and manifests that it uses"
              onRetry={used.reload}
            />
          ),
        },
      ];
    default:
      return [
        {
          label: 'Uses',
          value: (
            <>
              The scripts and manifests that it uses are being read.
              <Waiting what="scripts and manifests" lines={1} />
            </>
          ),
        },
      ];
  }
}

function Effect({ view }: { view: ApprovalView }) {
  return (
    <>
      <EffectTag
        effect={view.effect}
        readsSecrets={view.secrets !== undefined}
      />{' '}
      <ReasonText because={view.because} />
      {view.asWritten && (
        <div>
          <ForeignText text={view.asWritten} />.
        </div>
      )}
      {view.secrets && (
        <div>
          <ForeignText text={view.secrets} />
        </div>
      )}
    </>
  );
}

function Values({ values }: { values: ValueView[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.lines}>
      {values.map(one => (
        <li key={one.name}>
          <ForeignText text={one.label} />:{' '}
          <span className={classes.code}>
            <ForeignText text={one.value ?? 'secret, not shown'} />
          </span>{' '}
          {one.from && (
            <span className={classes.label}>
              (<ForeignText text={one.from} />)
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Lines({ lines }: { lines: string[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.lines}>
      {lines.map(line => (
        <li key={line}>
          <ForeignText text={line} />
        </li>
      ))}
    </ul>
  );
}

interface FactProps {
  label: string;
  value: React.ReactNode;
}

function Fact({ label, value }: FactProps) {
  const classes = useStyles();
  return (
    <>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{foreignChildren(value)}</dd>
    </>
  );
}

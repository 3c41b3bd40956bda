import type { Hold } from '@backstage-runbooks/plugin-runbooks-common';
import type { ReactNode } from 'react';
import { EntityName } from '../../components/EntityName';
import { ForeignText } from '../../components/ForeignText';
import { Ago, Until } from '../../components/Moment';
import { Notice } from '../../components/Notice';

/** What keeps changes from starting: who or what, why, and until when. */
export function HoldNotices(props: {
  holds: readonly Hold[];
  /** Beside a stop that a person made. */
  action?: ReactNode;
}) {
  return (
    <>
      {props.holds.map((hold, index) => (
        <Notice
          key={index}
          tone="caution"
          live
          title={hold.kind === 'stop' ? hold.name : 'Changes are frozen'}
          action={hold.by === undefined ? undefined : props.action}
        >
          {hold.kind === 'stop' ? (
            <StopWords hold={hold} />
          ) : (
            <FreezeWords hold={hold} />
          )}{' '}
          What only reads goes on.
        </Notice>
      ))}
    </>
  );
}

function StopWords({ hold }: { hold: Hold }) {
  return (
    <>
      {hold.by === undefined ? (
        'By the configuration'
      ) : (
        <>
          By <EntityName entityRef={hold.by} />
        </>
      )}
      {hold.since && (
        <>
          , <Ago at={hold.since} />
        </>
      )}
      <Why because={hold.because} />
    </>
  );
}

function FreezeWords({ hold }: { hold: Hold }) {
  return (
    <>
      <ForeignText text={hold.name} />
      {hold.until && (
        <>
          , it ends <Until at={hold.until} />
        </>
      )}
      {hold.clusters && (
        <>
          , on <ForeignText text={hold.clusters.join(', ')} />
        </>
      )}
      <Why because={hold.because} />
    </>
  );
}

function Why({ because }: { because: string | undefined }) {
  return because === undefined ? (
    <>.</>
  ) : (
    <>
      : <ForeignText text={because} />.
    </>
  );
}

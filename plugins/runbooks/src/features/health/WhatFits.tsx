import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';
import { Link } from '@backstage/core-components';
import { ForeignText } from '../../components/ForeignText';
import { useRunbooksPaths } from '../../paths';

/** What to do about what is wrong: the procedure that fits best, or where procedures that fit are found. */
export function WhatFits(props: {
  entityRef: EntityRef;
  /** Undefined where it is not known on this page; null where none fits. */
  best?: { title: string; to: string } | null;
}) {
  const { entityRef, best } = props;
  const paths = useRunbooksPaths();
  if (best === null) {
    return <>No procedure here names this. Ask who is on call.</>;
  }
  return best ? (
    <>
      What to do:{' '}
      <Link to={best.to}>
        <ForeignText text={best.title} />
      </Link>
    </>
  ) : (
    <Link to={paths.tab(entityRef)}>See which procedures fit this</Link>
  );
}

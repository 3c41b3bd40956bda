import { fitsEntity, type ScopeEntity } from '../scope/decideScope';
import type { Instant } from '../time';
import type { FreezeWindow, Hold } from './model';

/**
 * The freeze windows that hold at a moment for what any of the entities has.
 *
 * @param entities - Those of a run: its own, and those whose objects its steps write.
 *
 * @public
 */
export function freezesAt(
  windows: readonly FreezeWindow[],
  entities: readonly ScopeEntity[],
  at: Instant,
): Hold[] {
  return openWindows(windows, at).flatMap(window => {
    const filter = window.entities;
    const held =
      filter &&
      entities
        .filter(entity => fitsEntity(filter, entity))
        .map(({ ref }) => ref);
    return held?.length === 0 ? [] : [holdOfWindow(window, held)];
  });
}

/** Those that hold at a moment for somebody. @public */
export function openWindows(
  windows: readonly FreezeWindow[],
  at: Instant,
): FreezeWindow[] {
  return windows.filter(({ from, until }) => from <= at && at < until);
}

/** @param entityRefs - Of those in question for whom it holds; missing: it holds for all. @public */
export function holdOfWindow(
  { name, because, until, clusters }: FreezeWindow,
  entityRefs?: Hold['entityRefs'],
): Hold {
  return {
    kind: 'freeze',
    name,
    ...(because === undefined ? {} : { because }),
    until,
    ...(entityRefs ? { entityRefs } : {}),
    ...(clusters ? { clusters: [...clusters] } : {}),
  };
}

import type { Config } from '@backstage/config';
import type { FreezeWindow } from '@backstage-runbooks/plugin-runbooks-common';
import { entityFilterAt } from '../config/entityFilterAt';
import { listAt, objectAt, textAt, textsAt, wrong } from '../config/values';

const KEY = 'runbooks.changes';
/** With an offset or Z: a wall clock alone names no moment. */
const MOMENT =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** What keeps changes from starting by configuration: `runbooks.changes`. */
export interface HoldSettings {
  /** Why all changes are stopped; undefined where the configuration does not stop them. */
  stopped?: string;
  freezes: FreezeWindow[];
}

/**
 * Reads `runbooks.changes`.
 *
 * @throws with key, value and expectation for anything that is not as it has to be, a key that is not known included:
 *   a window that is read otherwise than it was meant holds nothing.
 */
export function readHoldSettings(config: Config): HoldSettings {
  const { stopped, freezes = [] } = objectAt(
    KEY,
    config.getOptional(KEY) ?? {},
    ['stopped', 'freezes'],
  );
  return {
    ...(stopped === undefined
      ? {}
      : { stopped: textAt(`${KEY}.stopped`, stopped) }),
    freezes: listAt(`${KEY}.freezes`, freezes).map((freeze, index) =>
      readFreeze(`${KEY}.freezes[${index}]`, freeze),
    ),
  };
}

function readFreeze(key: string, value: unknown): FreezeWindow {
  const { name, because, from, until, entities, clusters } = objectAt(
    key,
    value,
    ['name', 'because', 'from', 'until', 'entities', 'clusters'],
  );
  const window: FreezeWindow = {
    name: textAt(`${key}.name`, name),
    ...(because === undefined
      ? {}
      : { because: textAt(`${key}.because`, because) }),
    from: momentAt(`${key}.from`, from),
    until: momentAt(`${key}.until`, until),
    ...(entities === undefined
      ? {}
      : { entities: entityFilterAt(`${key}.entities`, entities) }),
    ...(clusters === undefined
      ? {}
      : { clusters: textsAt(`${key}.clusters`, clusters) }),
  };
  if (window.until > window.from) return window;
  throw wrong(`${key}.until`, until, `a moment after ${window.from}`);
}

function momentAt(key: string, value: unknown): string {
  const moment =
    typeof value === 'string' && MOMENT.test(value)
      ? new Date(value)
      : undefined;
  if (moment && !Number.isNaN(moment.getTime())) return moment.toISOString();
  throw wrong(
    key,
    value,
    'a moment with its offset, such as 2026-12-18T18:00:00+01:00',
  );
}

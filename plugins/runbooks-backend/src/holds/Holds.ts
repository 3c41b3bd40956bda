import {
  freezesAt,
  holdOfWindow,
  openWindows,
  type EntityRef,
  type Hold,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { EntityFacts } from '../runs/EntityFacts';
import type { HoldSettings } from './holdSettings';
import type { Stops } from './Stops';

/** What keeps changes from starting right now: asked before every start, and remembered by nobody. */
export class Holds {
  readonly #settings: HoldSettings;
  readonly #stops: Pick<Stops, 'current'>;
  readonly #facts: Pick<EntityFacts, 'ofRefs'>;

  constructor(options: {
    settings: HoldSettings;
    stops: Pick<Stops, 'current'>;
    facts: Pick<EntityFacts, 'ofRefs'>;
  }) {
    this.#settings = options.settings;
    this.#stops = options.stops;
    this.#facts = options.facts;
  }

  /** Those on what any of the entities has. */
  async on(entityRefs: readonly EntityRef[], at: Date): Promise<Hold[]> {
    const { freezes } = this.#settings;
    const open = openWindows(freezes, at.toISOString());
    const stops = await this.#stopped();
    if (open.length === 0) return stops;
    const isAsked = open.some(({ entities }) => entities !== undefined);
    const entities = isAsked ? await this.#facts.ofRefs(entityRefs) : [];
    return [...stops, ...freezesAt(open, entities, at.toISOString())];
  }

  /** All, for whomever they hold. */
  async all(at: Date): Promise<Hold[]> {
    const open = openWindows(this.#settings.freezes, at.toISOString());
    return [
      ...(await this.#stopped()),
      ...open.map(window => holdOfWindow(window)),
    ];
  }

  async #stopped(): Promise<Hold[]> {
    const { stopped } = this.#settings;
    const current = await this.#stops.current();
    return [
      ...(stopped === undefined
        ? []
        : [
            {
              kind: 'stop' as const,
              name: 'All changes are stopped',
              because: stopped,
            },
          ]),
      ...(current ? [current] : []),
    ];
  }
}

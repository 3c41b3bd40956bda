import { cutText } from './shownValue';
import { keysOf, type Place } from './place';

type Pair = { before?: string; after?: string };

const MAX_LENGTH = 200;
const RESTARTED = 'kubectl.kubernetes.io/restartedAt';
/** Of a node, a CronJob or Job, and of what has a rollout. */
const SWITCHES: Readonly<Record<string, readonly [on: string, off: string]>> = {
  unschedulable: ['takes no new pods', 'takes new pods again'],
  suspend: ['is suspended', 'is not suspended any more'],
  paused: ['pauses its rollout', 'resumes its rollout'],
};
const COUNTS: Readonly<Record<string, string>> = {
  minReplicas: 'at least',
  maxReplicas: 'at most',
};
/** Workloads whose pods are replaced when their template differs. */
const REPLACES_PODS =
  /^apps\/(?:deployments|statefulsets|daemonsets)$|^argoproj\.io\/rollouts$/;

/** Gathers, of all fields that differ, what people look for. */
export class HeadlineFacts {
  private replicas: Pair | undefined;
  private readonly images: { first: Pair | undefined; count: number } = {
    first: undefined,
    count: 0,
  };
  private readonly says: string[] = [];
  private readonly keys = { changed: 0, added: 0, removed: 0 };
  private restarts = false;
  private touchesTemplate = false;

  /** Takes one field that differs. */
  see(
    place: Place,
    before: string | undefined,
    after: string | undefined,
    isHidden: boolean,
  ): void {
    this.seeKey(place, before, after);
    const { key, parent, depth } = place;
    if (key === RESTARTED) this.restarts = true;
    if (isUnder(place, 'template')) this.touchesTemplate = true;
    if (isHidden) return;
    const isOfSpec = depth === 2 && parent?.key === 'spec';
    if (key === 'image') this.seeImage(place, { before, after });
    if (!isOfSpec) return;
    if (key === 'replicas') this.replicas = { before, after };
    const isSwitched = before === 'true' || after === 'true';
    if (isSwitched && Object.hasOwn(SWITCHES, key)) {
      this.says.push(SWITCHES[key][after === 'true' ? 0 : 1]);
    }
    if (Object.hasOwn(COUNTS, key)) {
      this.says.push(`${COUNTS[key]} ${inWords({ before, after })} replicas`);
    }
  }

  /** The one thing that people look for; undefined where there is no such. */
  headline(
    object: { group: string; resource: string },
    isNew: boolean,
  ): string | undefined {
    const says = [
      ...(this.replicas ? [replicasIn(this.replicas)] : []),
      ...this.imageWords(),
      ...this.says,
      ...this.keyWords(object, isNew),
      ...(isNew ? [] : this.podWords(object)),
    ];
    return says.length === 0
      ? undefined
      : cutText(says.slice(0, 3).join(', '), 3 * MAX_LENGTH);
  }

  private podWords({ group, resource }: { group: string; resource: string }) {
    if (this.restarts) return ['restarts its pods'];
    const replaces =
      this.touchesTemplate &&
      this.images.count === 0 &&
      REPLACES_PODS.test(`${group}/${resource}`);
    return replaces ? ['replaces its pods'] : [];
  }

  private seeImage(place: Place, image: Pair): void {
    const isOfContainer = /[cC]ontainers$/.test(
      place.parent?.parent?.key ?? '',
    );
    if (!isOfContainer) return;
    this.images.count += 1;
    this.images.first ??= image;
  }

  private seeKey(place: Place, before?: string, after?: string): void {
    if (place.depth !== 2) return;
    if (!/^(?:data|stringData|binaryData)$/.test(place.parent?.key ?? '')) {
      return;
    }
    if (before === undefined) this.keys.added += 1;
    else if (after === undefined) this.keys.removed += 1;
    else this.keys.changed += 1;
  }

  private imageWords(): string[] {
    const { first, count } = this.images;
    if (!first) return [];
    const more = count > 1 ? ` (and ${count - 1} more)` : '';
    return [`image ${inWords(first)}${more}`];
  }

  private keyWords(
    { group, resource }: { group: string; resource: string },
    isNew: boolean,
  ): string[] {
    if (group !== '' || !/^(?:configmaps|secrets)$/.test(resource)) return [];
    const { added } = this.keys;
    if (isNew) return added > 0 ? [keysIn(added)] : [];
    const told = Object.entries(this.keys).filter(([, count]) => count > 0);
    const words = told.map(([how, count], index) =>
      index === 0 ? `${keysIn(count)} ${how}` : `${count} ${how}`,
    );
    return words.length > 0 ? [words.join(', ')] : [];
  }
}

function keysIn(count: number): string {
  return `${count} ${count === 1 ? 'key' : 'keys'}`;
}

function replicasIn(pair: Pair): string {
  const isOne = pair.before === undefined && pair.after === '1';
  return `${inWords(pair)} ${isOne ? 'replica' : 'replicas'}`;
}

function inWords({ before, after }: Pair): string {
  const [was, is] = [before, after].map(text =>
    text === undefined ? undefined : cutText(text, MAX_LENGTH),
  );
  if (was === undefined) return is ?? '';
  return is === undefined ? `${was} → none` : `${was} → ${is}`;
}

function isUnder(place: Place, key: string): boolean {
  const [first, second] = place.depth > 2 ? keysOf(place) : [];
  return first === 'spec' && second === key;
}

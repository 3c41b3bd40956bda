import { EFFECTS, type Effect } from '../../effect';
import type { Interactive, KubernetesWrite } from '../model';
import type { ApiRequest } from './apiRequest';

/** What one command does, and why we say so. */
export interface Verdict {
  effect: Effect;
  /** A sentence for people, without a full stop. */
  because: string;
  /** What of it cannot be told, where its effect is a worse one: see `unknownOf`. */
  unknown?: string;
  /** Kubernetes writes; undefined where the text does not tell them. */
  writes: KubernetesWrite[] | undefined;
  secrets?: boolean;
  /** It hands Secrets or tokens to pods. */
  givesSecrets?: boolean;
  /** Writes that it only rehearses, where it is a dry run. */
  rehearses?: KubernetesWrite[];
  /** Requests of the API server that it makes by their paths. */
  requests?: ApiRequest[];
  interactive?: Interactive;
  /** It changes files where it runs: `local` here, a change on another machine. */
  changesFiles?: boolean;
  /** It runs a script of the workspace whose commands were judged one by one. */
  followed?: boolean;
  /** The tool behind wrappers such as sudo. */
  tool?: string;
}

type Extra = Partial<Omit<Verdict, 'effect' | 'because'>>;

/** Touches nothing but what the run itself holds. */
export function isLocal(because: string, extra: Extra = {}): Verdict {
  return { effect: 'local', because, writes: [], ...extra };
}

/** Changes files of the workspace: `local` here, a change in a pod or on another host. */
export function changesFiles(because: string, extra: Extra = {}): Verdict {
  return { effect: 'local', because, writes: [], changesFiles: true, ...extra };
}

/** Looks and changes nothing. */
export function reads(because: string, extra: Extra = {}): Verdict {
  return { effect: 'read', because, writes: [], ...extra };
}

/** Cannot be told from the text. */
export function isUnknown(because: string, extra: Extra = {}): Verdict {
  return { effect: 'unknown', because, writes: undefined, ...extra };
}

/** Changes something that can be changed back. */
export function changes(because: string, extra: Extra = {}): Verdict {
  return { effect: 'change', because, writes: [], ...extra };
}

/** Deletes, stops or overwrites something that may not come back. */
export function destroys(because: string, extra: Extra = {}): Verdict {
  return { effect: 'destructive', because, writes: [], ...extra };
}

/** A verdict of the given effect. */
export function verdict(
  effect: Effect,
  because: string,
  extra: Extra = {},
): Verdict {
  return {
    effect,
    because,
    writes: effect === 'unknown' ? undefined : [],
    ...extra,
  };
}

/** Whether `a` needs more care than `b`. */
export function isWorse(a: Effect, b: Effect): boolean {
  return EFFECTS.indexOf(a) > EFFECTS.indexOf(b);
}

/** What of a command cannot be told, whatever else it does; undefined where all of it can. */
export function unknownOf({
  effect,
  because,
  unknown,
}: Pick<Verdict, 'effect' | 'because' | 'unknown'>): string | undefined {
  return effect === 'unknown' ? because : unknown;
}

/** One verdict for several commands: the worst, with everything that any of them needs. */
export function combined(
  verdicts: readonly Verdict[],
  ifNone: string,
): Verdict {
  if (verdicts.length === 0) return isLocal(ifNone);
  const worst = verdicts.reduce((a, b) =>
    isWorse(b.effect, a.effect) ? b : a,
  );
  const interactive = verdicts.filter(one => one.interactive);
  const requests = verdicts.flatMap(one => one.requests ?? []);
  const unknown = verdicts.map(unknownOf).find(one => one !== undefined);
  return {
    ...worst,
    unknown: worst.effect === 'unknown' ? undefined : unknown,
    writes: verdicts.every(one => one.writes)
      ? verdicts.flatMap(one => one.writes ?? [])
      : undefined,
    ...(requests.length > 0 ? { requests } : {}),
    secrets: verdicts.some(one => one.secrets) || undefined,
    changesFiles: verdicts.some(one => one.changesFiles) || undefined,
    interactive: (
      interactive.find(one => !one.interactive?.remedy) ?? interactive[0]
    )?.interactive,
  };
}

/** The verdict, but at least of the given effect. What makes it unknown is kept beside a worse one. */
export function atLeast(
  effect: Effect,
  judged: Verdict,
  because: string,
): Verdict {
  if (!isWorse(effect, judged.effect))
    return effect === 'unknown' && isWorse(judged.effect, effect)
      ? { ...judged, unknown: judged.unknown ?? because, writes: undefined }
      : judged;
  return {
    ...judged,
    unknown: effect === 'unknown' ? undefined : unknownOf(judged),
    effect,
    because,
    writes: effect === 'unknown' ? undefined : judged.writes,
  };
}

/** On another machine, changing files is a change, and looking is reading. */
export function adaptedTo(
  scene: { where: 'here' | 'there'; place: string },
  judged: Verdict,
): Verdict {
  if (scene.where === 'here') return judged;
  return adaptedThere(scene.place, {
    ...judged,
    // It does not ask through the gateway of the step.
    requests: undefined,
    rehearses: undefined,
  });
}

function adaptedThere(place: string, judged: Verdict): Verdict {
  const { effect, because, changesFiles: writes } = judged;
  if (isWorse(effect, 'read')) return judged;
  if (!writes) return { ...judged, effect: 'read' };
  const says =
    effect === 'local'
      ? `${because} ${place}`
      : `${because}, and writes a file ${place}`;
  return { ...judged, effect: 'change', because: says };
}

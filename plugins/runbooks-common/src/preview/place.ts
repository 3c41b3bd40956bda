/** Where something stands in an object: the last step of the way to it. */
export interface Place {
  parent?: Place;
  depth: number;
  /** As a path shows it: `.spec`, `["a.io/b"]`, `[web]`, `[0]`. */
  shown: string;
  /** The key, the name of the member, or ''. */
  key: string;
  step: PlaceStep;
}

/**
 * One step of the way, so that no two places of an object have the same way: a key, the number of a member of a list,
 * a member by what tells it apart from the others, or null for the order of the members.
 */
export type PlaceStep =
  | string
  | number
  | { by: readonly string[]; name: string }
  | null;

/** The object itself. */
export const OBJECT: Place = { depth: 0, shown: '', key: '', step: '' };
const MAX_PATH_LENGTH = 500;
/** Of one key. */
const MAX_SHOWN_LENGTH = 200;
const PLAIN_KEY = /^[A-Za-z_][\w-]*$/;

/** What stands under a key. */
export function under(parent: Place, key: string): Place {
  const cut = shortened(key);
  const shown = PLAIN_KEY.test(cut) ? `.${cut}` : `[${JSON.stringify(cut)}]`;
  return { parent, depth: parent.depth + 1, shown, key, step: key };
}

/** A member of a list that is known by its name. */
export function memberOf(
  parent: Place,
  name: string,
  by: readonly string[],
): Place {
  const shown = `[${shortened(name)}]`;
  const step = { by, name };
  return { parent, depth: parent.depth + 1, shown, key: name, step };
}

/** A member of a list that is known by where it stands. */
export function at(parent: Place, index: number): Place {
  const shown = `[${index}]`;
  return { parent, depth: parent.depth + 1, shown, key: '', step: index };
}

/** In which order the members of a list stand. */
export function orderOf(parent: Place): Place {
  const shown = ' (order)';
  return { parent, depth: parent.depth + 1, shown, key: '', step: null };
}

/** `spec.template.spec.containers[web].image`; at most 500 characters. */
export function pathOf(place: Place): string {
  const steps: string[] = [];
  for (let one: Place | undefined = place; one; one = one.parent) {
    steps.push(one.shown);
  }
  let path = '';
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    path += steps[index];
    if (path.length > MAX_PATH_LENGTH) break;
  }
  const whole = path.replace(/^\./, '');
  return whole.length > MAX_PATH_LENGTH
    ? `${whole.slice(0, MAX_PATH_LENGTH - 1)}…`.toWellFormed()
    : whole.toWellFormed();
}

/** The way to a place, from the object on. */
export function stepsOf(place: Place): PlaceStep[] {
  const steps: PlaceStep[] = [];
  for (let one = place; one.parent; one = one.parent) steps.push(one.step);
  return steps.reverse();
}

/** The place to which steps lead from the object on. */
export function placeOf(steps: readonly PlaceStep[]): Place {
  let place = OBJECT;
  for (const step of steps) place = stepFrom(place, step);
  return place;
}

function stepFrom(place: Place, step: PlaceStep): Place {
  if (step === null) return orderOf(place);
  if (typeof step === 'number') return at(place, step);
  return typeof step === 'string'
    ? under(place, step)
    : memberOf(place, step.name, step.by);
}

/** The keys on the way to a place, from the object on. */
export function keysOf(place: Place): string[] {
  const keys: string[] = [];
  for (let one = place; one.parent; one = one.parent) keys.push(one.key);
  return keys.reverse();
}

function shortened(key: string): string {
  return key.length > MAX_SHOWN_LENGTH
    ? `${key.slice(0, MAX_SHOWN_LENGTH)}…`
    : key;
}

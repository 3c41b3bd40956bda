import { ID_LABEL, type FoundObject } from './claims';
import { podLabelsOf } from './objectLinks';

/** The ids that an object's own label and that of its pods give it, in lower case as names of the catalog are compared. */
export function idsOf(found: FoundObject): string[] {
  return [found.object.metadata?.labels, podLabelsOf(found)].flatMap(labels =>
    labels && Object.hasOwn(labels, ID_LABEL)
      ? labels[ID_LABEL].toLowerCase()
      : [],
  );
}

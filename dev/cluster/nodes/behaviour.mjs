/**
 * What a container does, told by the tag of its image.
 *
 * @returns 'broken' | 'crash' | 'oom' | 'unready' | 'slow' | 'fail' | 'fine'
 */
export function behaviourOf(image) {
  const tag = tagOf(image);
  return (
    ['broken', 'crash', 'oom', 'unready', 'slow', 'fail'].find(word =>
      tag.includes(word),
    ) ?? 'fine'
  );
}

/** The tag of an image, `latest` where there is none: a port before the last slash is not one. */
export function tagOf(image) {
  const name = image.slice(image.lastIndexOf('/') + 1).split('@')[0];
  const colon = name.indexOf(':');
  return colon < 0 ? 'latest' : name.slice(colon + 1);
}

/** How a container ends that keeps ending. */
export function endOf(behaviour) {
  return behaviour === 'oom'
    ? { exitCode: 137, reason: 'OOMKilled' }
    : { exitCode: 1, reason: 'Error' };
}

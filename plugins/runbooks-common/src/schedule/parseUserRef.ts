import type { EntityRef } from '../time';

/** A user as people write them (`alice`, `default/alice`, `user:default/alice`) in full form; undefined for others. @public */
export function parseUserRef(text: string): EntityRef | undefined {
  const match =
    /^(?:user:)?(?:([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\/)?([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)$/i.exec(
      text.trim(),
    );
  if (!match) return undefined;
  const [, namespace = 'default', name] = match;
  return `user:${namespace}/${name}`.toLocaleLowerCase('en-US');
}

import type { EntityFilter } from '@backstage-runbooks/plugin-runbooks-common';
import { objectAt, textsAt, wrong } from './values';

const FILTERS = ['refs', 'kinds', 'systems', 'domains', 'owners', 'tags'];
const KIND_OF: Record<string, string> = {
  systems: 'system',
  domains: 'domain',
  owners: 'group',
};

/** Which entities a rule speaks of, with complete references in lower case. @throws with key, value and expectation. */
export function entityFilterAt(key: string, value: unknown): EntityFilter {
  const filter = objectAt(key, value, FILTERS);
  if (Object.keys(filter).length === 0) {
    throw wrong(key, value, `at least one of ${FILTERS.join(', ')}`);
  }
  return Object.fromEntries(
    Object.entries(filter).map(([name, texts]) => [
      name,
      textsAt(`${key}.${name}`, texts).map(text =>
        completeRef(`${key}.${name}`, name, text.toLowerCase()),
      ),
    ]),
  );
}

/** `fintech` as a system is `system:default/fintech`. */
function completeRef(key: string, name: string, text: string): string {
  if (name === 'kinds' || name === 'tags') return text;
  const match = /^(?:([a-z]+):)?(?:([\w.-]+)\/)?([\w.-]+)$/.exec(text);
  const kind = match?.[1] ?? KIND_OF[name];
  if (!match || kind === undefined) {
    throw wrong(
      key,
      text,
      'references of entities, such as component:default/web',
    );
  }
  return `${kind}:${match[2] ?? 'default'}/${match[3]}`;
}

import type { ListRunsQuery } from '@backstage-runbooks/plugin-runbooks-common';

const NAMES = ['entityRef', 'procedureId', 'requestedBy', 'state'] as const;

/** Filters of history as they stand in the address, so that a view can be sent to somebody. */
export function historyQuery(parameters: URLSearchParams): ListRunsQuery {
  const query: ListRunsQuery = {};
  for (const name of NAMES) {
    const value = parameters.get(name);
    if (value) query[name] = value;
  }
  return query;
}

/** The address with one filter changed; a change of the service drops the procedure, which belongs to it. */
export function withFilter(
  parameters: URLSearchParams,
  name: (typeof NAMES)[number],
  value: string | undefined,
): URLSearchParams {
  const next = new URLSearchParams(parameters);
  if (name === 'entityRef') next.delete('procedureId');
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}

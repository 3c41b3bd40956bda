import { visibleText } from '@backstage-runbooks/plugin-runbooks-common';

/**
 * A copy of what was read, in which each text is as a page would show it: a document must not write to somebody's
 * terminal what a terminal obeys.
 */
export function visibleParts<Value>(value: Value): Value {
  return visible(value) as Value;
}

function visible(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value);
  if (Array.isArray(value)) return value.map(visible);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, visible(part)]),
  );
}

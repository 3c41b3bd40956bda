import type { Code } from 'mdast';
import { parse } from 'yaml';
import type { Contact } from '../model';
import { contactOf } from './contactOf';
import { isUnfilled } from './unfilled';

/** People in a YAML block: whatever has a name and a way to reach it, however deep it stands. */
export function contactsOfYaml(node: Code, isContacts: boolean): Contact[] {
  let value: unknown;
  try {
    value = parse(node.value, { maxAliasCount: 20, logLevel: 'silent' });
  } catch {
    return [];
  }
  const lines = node.value.split('\n');
  const first = (node.position?.start.line ?? 1) + 1;
  const found: Contact[] = [];
  let searchFrom = 0;
  const walk = (entry: unknown, path: string[], depth: number): void => {
    if (entry === null || typeof entry !== 'object' || depth > 8) return;
    const facts = scalarsOf(entry as Record<string, unknown>);
    const reach =
      facts.phone ?? facts.email ?? facts.slack ?? facts.mobile ?? facts.pager;
    const name =
      facts.name ?? (reach ? path.at(-1)?.replace(/_/g, ' ') : undefined);
    if (
      name !== undefined &&
      reach !== undefined &&
      (isContacts || facts.name !== undefined) &&
      !isUnfilled(name)
    ) {
      const key = path.at(-1) ?? name;
      const at = lines.findIndex(
        (text, index) =>
          index >= searchFrom &&
          text.trimStart().replace(/^- /, '').startsWith(key),
      );
      if (at !== -1) searchFrom = at + 1;
      const { name: _name, phone, email, slack, role, ...other } = facts;
      found.push(
        contactOf(
          {
            name,
            role:
              role ??
              (facts.name ? path.at(-1)?.replace(/_/g, ' ') : undefined),
            phone,
            email,
            slack,
          },
          other,
          first + Math.max(at, 0),
        ),
      );
    }
    for (const [key, below] of Object.entries(entry)) {
      walk(below, Array.isArray(entry) ? path : [...path, key], depth + 1);
    }
  };
  walk(value, [], 0);
  return found;
}

function scalarsOf(entry: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entry).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number'
        ? [[key.toLowerCase(), String(value)]]
        : [],
    ),
  );
}

import type { PlaceholderUse } from '../../shell';

/**
 * Gives a placeholder that is the whole value of a variable the variable's name, because that is the name under
 * which every later step uses it.
 *
 * ```text
 * export NAME="<workload-name>"
 *        ^ the parameter is NAME, not WORKLOAD_NAME
 * ```
 */
export function nameByAssignment(
  text: string,
  uses: readonly PlaceholderUse[],
): PlaceholderUse[] {
  return uses.map(use => {
    if (use.form === 'variable' || use.form === 'export') return use;
    const name = assignedName(text, use);
    return name === undefined ? use : { ...use, parameter: name };
  });
}

/** The variables of a text whose whole value is a placeholder: parameters, and not results of a step. */
export function namesSetByPlaceholder(
  text: string,
  uses: readonly PlaceholderUse[],
): Set<string> {
  return new Set(
    uses.flatMap(use =>
      use.form === 'variable' ? [] : assignedName(text, use) ?? [],
    ),
  );
}

function assignedName(text: string, use: PlaceholderUse): string | undefined {
  const lineStart = text.lastIndexOf('\n', use.start - 1) + 1;
  const before = text.slice(lineStart, use.start);
  const found = /(?:^|[\s;&])(?:export\s+)?([A-Z_][A-Z0-9_]*)=(["']?)$/.exec(
    before,
  );
  if (!found) return undefined;
  const rest = text.slice(use.end, use.end + 2);
  const quote = found[2];
  if (!rest.startsWith(quote)) return undefined;
  const closed = rest.slice(quote.length);
  return closed === '' || /^[\s;&)]/.test(closed) ? found[1] : undefined;
}

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

/** A placeholder that is the whole value of a variable, with the name of that variable. */
export function assignedPlaceholders(
  text: string,
  uses: readonly PlaceholderUse[],
): Array<{ placeholder: string; variable: string }> {
  return uses.flatMap(use => {
    if (use.form === 'variable' || use.form === 'export') return [];
    const variable = assignedName(text, use);
    return variable === undefined || variable === use.parameter
      ? []
      : [{ placeholder: use.parameter, variable }];
  });
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
  if (closed !== '' && !/^[\s;&)]/.test(closed)) return undefined;
  const after = text.slice(use.end + quote.length).split('\n', 1)[0];
  return isExported(before) || endsCommand(after) ? found[1] : undefined;
}

function isExported(before: string): boolean {
  return /(?:^|[\s;&])(?:export|declare|readonly|typeset|local)\s/.test(before);
}

//   PGPASSWORD=<pw> psql -h db          TEAM=<team>; NS=<namespace>  # both
//                   ^ for this command only            ^ ends         ^
function endsCommand(after: string): boolean {
  const others =
    /^(?:\s+[A-Za-z_]\w*=(?:"[^"\n]*"|'[^'\n]*'|[^\s;&|"'<]*(?:<[^>\n]*>)?))*/;
  return /^\s*(?:$|[;&|)#])/.test(after.replace(others, ''));
}

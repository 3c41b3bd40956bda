import { parameterName, type PlaceholderUse } from '../../shell';

//   select * from carts where id = '<cart-id>'
//                                   ^
const ANGLE = /<([A-Za-z][A-Za-z0-9]*(?:[_ -][A-Za-z0-9]+){0,5})>/g;
//   sum(rate(requests{app="{{app-name}}"}[5m]))       where day = 'YYYY-MM-DD'
const OTHERS =
  /\{\{([A-Za-z][A-Za-z0-9_-]{0,40})\}\}|(?<![A-Za-z0-9_])((?:YOUR_[A-Z0-9_]{1,40})|(?:your[-_][a-z0-9_-]{1,40})|YYYY-?MM-?DD)(?![A-Za-z0-9_])/g;

/**
 * What somebody must put into a query before it is asked. It is shown filled in; nothing here runs it, so no value
 * is quoted for a shell.
 */
export function queryPlaceholders(text: string): PlaceholderUse[] {
  const uses: PlaceholderUse[] = [];
  const add = (
    match: RegExpMatchArray,
    inner: string,
    form: PlaceholderUse['form'],
  ) => {
    const start = match.index ?? 0;
    uses.push({
      parameter: parameterName(inner),
      form,
      place: 'word',
      start,
      end: start + match[0].length,
      written: match[0],
    });
  };
  for (const match of text.matchAll(ANGLE)) add(match, match[1], 'angle');
  for (const match of text.matchAll(OTHERS))
    add(match, match[1] ?? match[2], match[1] ? 'braces' : 'bare');
  return uses.sort((a, b) => a.start - b.start);
}

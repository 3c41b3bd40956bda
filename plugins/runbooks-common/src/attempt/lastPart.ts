/**
 * The command of a shell text whose exit code is that of the whole: the one after the last `|`, `;`, `&` or line
 * break. Quoted texts count as nothing, and come back as quotes.
 *
 * @public
 */
export function lastPart(text: string): string {
  const masked = text
    .replace(/'[^']*'|"(?:\\.|[^"\\])*"/g, quoted => '"'.repeat(quoted.length))
    .replace(/[<>]&|&>/g, '>>');
  const start = Math.max(
    ...['|', ';', '&', '\n'].map(mark => masked.trimEnd().lastIndexOf(mark)),
  );
  return masked.slice(start + 1).trim();
}

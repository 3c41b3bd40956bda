/** What a stored text says as JSON; undefined where it is none, or `null`: anybody with the database can write any. */
export function readText(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

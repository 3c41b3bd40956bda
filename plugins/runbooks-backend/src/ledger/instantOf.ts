/** How a time of the database is written; `infinity` and times that no date can tell as they are read. */
export function instantOf(at: Date | number): string {
  return at instanceof Date && !Number.isNaN(at.getTime())
    ? at.toISOString()
    : String(at);
}

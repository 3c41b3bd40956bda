/** An instant the way Kubernetes writes it in most places: whole seconds. */
export function toSeconds(date) {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** An instant the way leases have it: microseconds. */
export function toMicroseconds(date) {
  return date.toISOString().replace(/Z$/, '000Z');
}

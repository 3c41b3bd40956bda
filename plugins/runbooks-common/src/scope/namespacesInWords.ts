/** Namespaces as a sentence names them: `shop, billing`, or `no namespace`. */
export function namespacesInWords(namespaces: readonly string[]): string {
  return namespaces.join(', ') || 'no namespace';
}

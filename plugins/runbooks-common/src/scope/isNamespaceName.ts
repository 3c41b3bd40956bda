/**
 * Whether a text may be the name of a namespace: Kubernetes takes lower case letters, digits and `-` inside, at most
 * 63. Whatever else a card says, such as `*` or `a,b`, names none and claims nothing.
 *
 * @public
 */
export function isNamespaceName(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

/** Names as a sentence has them: "a", "a and b", "a, b and c". */
export function listWords(names: string[], last: 'and' | 'or' = 'and'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${last} ${names[names.length - 1]}`;
}

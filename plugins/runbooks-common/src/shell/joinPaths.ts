/** The path that a relative path means in a folder; undefined for one that leaves the root or is not relative. */
export function joinPaths(folder: string, path: string): string | undefined {
  if (/^[~/]/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

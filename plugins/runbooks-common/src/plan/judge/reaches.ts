import type { FileReach } from '../model';

/**
 * Whether a step can read, execute or apply a file; a folder stands for all below it. A link or file in the place of a
 * folder above counts too: what is below it is something else then.
 *
 * @public
 */
export function reaches(files: FileReach, path: string): boolean {
  return (
    files.kind === 'unknown' || files.paths.some(one => overlap(one, path))
  );
}

/** Whether one of two paths is the other or lies below it; '' is the root, which all lie below. */
export function overlap(one: string, other: string): boolean {
  return (
    one === '' ||
    other === '' ||
    one === other ||
    one.startsWith(`${other}/`) ||
    other.startsWith(`${one}/`)
  );
}

import { parseShell, type ShellNode } from '../../shell/parse';
import { allIn, isFilter, isSilent, wordsOf } from './programsOfSecrets';
import { namesRead } from './variablesIn';

/** Stands for all that programs find in their environment. */
export const ENVIRONMENT = '=';
/** Stands for `$1` and its like, wherever they are. */
export const POSITIONAL = '$@';
/** Stands for the files that a text writes and the descriptors that it opens, whatever their names. */
export const FILES = '>';
/** Stands for the input of a script or a function. */
export const INPUT = '<';

/** Longer substitutions, and more of them in one step, count as printing anything. */
const MAX_LENGTH = 4_000;
const MAX_SUBSTITUTIONS = 2_000;

/**
 * Says what texts that bash expands are made of: variables by name, and the other sources above. Only programs of a
 * list are trusted to print nothing but their words or what they read; any other may print all that it finds.
 */
export class SourcesOfSecrets {
  #left = MAX_SUBSTITUTIONS;
  readonly #known = new Map<string, string[]>();

  of(text: string): string[] {
    const known = this.#known.get(text);
    if (known) return known;
    const inside = /[`(]/.test(text) ? this.#substituted(text) : [];
    const found = [
      ...new Set([
        ...namesRead(text),
        ...(text.includes('${!') ? [ENVIRONMENT] : []),
        ...(/\$\{?[#!]?[1-9@*]/.test(text) ? [POSITIONAL] : []),
        ...(/(?:^|[^<])<(?![<(])/.test(text) ? [FILES] : []),
        ...(inside ? inside.flatMap(printedBy) : [FILES, INPUT, ENVIRONMENT]),
      ]),
    ];
    this.#known.set(text, found);
    return found;
  }

  /** What stands in `$( )`, backticks, `<( )` and `>( )`; undefined where that cannot be told. */
  #substituted(text: string): ShellNode[] | undefined {
    const found: ShellNode[] = [];
    let at = 0;
    for (;;) {
      const next = text.slice(at).search(/\$\(|`|[<>]\(/);
      if (next < 0) return found;
      this.#left -= 1;
      if (this.#left < 0) return undefined;
      at += next;
      const piece = text.slice(at, at + MAX_LENGTH);
      const part = allIn(parseShell(piece).script).find(
        one =>
          one.pos === 0 &&
          /^(?:Command|Arithmetic)Expansion$|^ProcessSubstitution$/.test(
            one.type,
          ),
      );
      if (!part || (part.end >= MAX_LENGTH && part.end >= piece.length))
        return undefined;
      if (part.type === 'ArithmeticExpansion') at += 3;
      else {
        if (!('script' in part) || !part.script) return undefined;
        found.push(...allIn(part.script));
        at += part.end;
      }
    }
  }
}

/** What a program may print besides its words. */
export function printedBy(node: ShellNode): string[] {
  if (wordsOf(node).length === 0 || isSilent(node)) return [];
  return isFilter(node) ? [FILES, INPUT] : [FILES, INPUT, ENVIRONMENT];
}

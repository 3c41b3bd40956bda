import type { PlaceholderForm } from './model';
import { parameterName } from './parameterName';

/**
 * Masking of placeholders before the parser sees them.
 *
 * `kubectl describe pod <pod-name> -n prod` is valid shell (two redirections), so a placeholder is replaced, in
 * the same length, by characters that no shell gives a meaning: one that carries its number and fillers. Such a
 * mask survives quoting and unquoting, so the value of a word still tells which placeholders it holds.
 */
export interface Mask {
  start: number;
  end: number;
  written: string;
  parameter: string;
  form: PlaceholderForm;
  default?: string;
}

const FIRST = 0xe000;
const CAPACITY = 0x1700;
const FILL = '\uf8fe';
const MASKED = /([\ue000-\uf6ff])\uf8fe*/g;
const PRIVATE_USE = /[\ue000-\uf8ff]/g;

/** Takes out of a source text the characters that masks are made of. Keeps the length. */
export function withoutMaskCharacters(text: string): string {
  return text.replace(PRIVATE_USE, '\ufffd');
}

/** How many placeholders one text may hold. */
export const MAX_MASKS = CAPACITY;

/** Puts masks over placeholders. Keeps the length. */
export function applyMasks(text: string, masks: readonly Mask[]): string {
  const pieces: string[] = [];
  let from = 0;
  masks.forEach((mask, index) => {
    pieces.push(text.slice(from, mask.start));
    pieces.push(String.fromCharCode(FIRST + index));
    pieces.push(FILL.repeat(mask.end - mask.start - 1));
    from = mask.end;
  });
  pieces.push(text.slice(from));
  return pieces.join('');
}

/** Whether a text holds a mask. */
export function holdsMask(text: string): boolean {
  return /[\ue000-\uf8fe]/.test(text);
}

/** The text with placeholders as `${NAME}`, for people and for names of objects. */
export function unmask(text: string, masks: readonly Mask[]): string {
  return text.replace(MASKED, (whole, first: string) => {
    const mask = masks[first.charCodeAt(0) - FIRST];
    return mask ? `\${${mask.parameter}}` : whole;
  });
}

/** A mask for the placeholder at `[start, end)`, named after `inner`. */
export function maskAt(
  text: string,
  start: number,
  end: number,
  inner: string,
  form: PlaceholderForm,
): Mask {
  return {
    start,
    end,
    written: text.slice(start, end),
    parameter: parameterName(inner),
    form,
  };
}

import type { RunRefusal } from './refusal';

const ABOUT_BINDING: ReadonlySet<RunRefusal['code']> = new Set([
  'approval-needed',
  'confirmation-mismatch',
  'not-known-yet',
  'wrong-kind-of-step',
] as const);

/**
 * Whether another binding than the one that was tried could change a refusal: what a step gets is known only when it
 * is started or asked for.
 *
 * @public
 */
export function isAboutBinding({ code }: RunRefusal): boolean {
  return ABOUT_BINDING.has(code);
}

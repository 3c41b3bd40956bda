import type { AllowedWrites } from '../model';

/**
 * Why the gateway would refuse what a step executes in a pod, whatever was approved: it lets through the commands that
 * the approval names, and one of them is put together only when the step runs. Undefined where each is known.
 */
export function execRefused(writes: AllowedWrites): string | undefined {
  if (writes.kind !== 'listed') return undefined;
  const unknown = writes.writes.find(
    ({ verb, subresource, command }) =>
      verb === 'connect' && subresource === 'exec' && command === undefined,
  );
  return unknown
    ? `what it executes in ${
        unknown.name === '*' ? 'a pod' : `pod ${unknown.name}`
      } is known only when it runs, and only commands that were approved may be executed there`
    : undefined;
}

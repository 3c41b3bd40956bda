import type { SecretValueVault } from './RunSecrets';
import type { HeldAttempt } from './RunStore';
import type { SealedVault } from './SealedVault';

const NAME = 'hidden-values';

/** The values that no output of a run may show, as earlier attempts learned them. */
export function hiddenValuesOf(
  vault: Pick<SealedVault, 'openJson'>,
  runId: string,
): Promise<string[]> {
  return vault.openJson<string[]>(runId, NAME, []);
}

/** Where an attempt keeps them for later ones. */
export function secretValueVault(
  vault: SealedVault,
  attempt: HeldAttempt,
): SecretValueVault {
  const { runId } = attempt;
  return {
    load: () => hiddenValuesOf(vault, runId),
    save: values => vault.put(attempt, [vault.sealJson(runId, NAME, values)]),
  };
}

import type { SecretBox } from '../workspaces/SecretBox';
import type { HeldAttempt, RunVault, SealedSecret } from './RunStore';

/** What a run keeps encrypted, sealed on the way in and opened on the way out. */
export class SealedVault {
  readonly #vault: RunVault;
  readonly #box: SecretBox;

  constructor(options: { vault: RunVault; box: SecretBox }) {
    this.#vault = options.vault;
    this.#box = options.box;
  }

  /** @throws where the encryption key is another one than when it was sealed. */
  async open(runId: string, name: string): Promise<Buffer | undefined> {
    const sealed = await this.#vault.getSecret(runId, name);
    return sealed && this.#box.open(sealed, `${runId} ${name}`);
  }

  /** The value of a JSON text; `missing` where nothing is kept under the name. @throws like `open` */
  async openJson<T>(runId: string, name: string, missing: T): Promise<T> {
    const text = await this.open(runId, name);
    return text ? JSON.parse(text.toString()) : missing;
  }

  seal(runId: string, name: string, plain: Buffer): SealedSecret {
    return { name, ciphertext: this.#box.seal(plain, `${runId} ${name}`) };
  }

  sealJson(runId: string, name: string, value: unknown): SealedSecret {
    return this.seal(runId, name, Buffer.from(JSON.stringify(value)));
  }

  /** Puts all of them or none. @throws LeaseLostError */
  async put(
    attempt: HeldAttempt,
    secrets: readonly SealedSecret[],
  ): Promise<void> {
    await this.#vault.putSecrets(attempt, secrets);
  }
}

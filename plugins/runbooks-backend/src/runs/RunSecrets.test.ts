import {
  createRedactor,
  REDACTED,
} from '@backstage-runbooks/plugin-runbooks-common';
import { RunSecrets, type SecretValueVault } from './RunSecrets';

class MemoryVault implements SecretValueVault {
  values: string[] = [];
  saves = 0;
  failure: Error | undefined;

  async load() {
    return [...this.values];
  }

  async save(values: string[]) {
    if (this.failure) throw this.failure;
    this.saves += 1;
    this.values = [...values];
  }
}

function shown(secrets: RunSecrets, text: string): string {
  const redactor = createRedactor({ secrets: secrets.all() });
  return redactor.push(text) + redactor.flush();
}

describe('secret values of a run', () => {
  const value = 'made-up/"4711"&x';

  it('that one step learned are hidden in a later one, in each spelling', async () => {
    const vault = new MemoryVault();
    const first = await RunSecrets.load(vault);
    first.add(value);
    await first.saved();

    const third = await RunSecrets.load(vault);
    const applied = JSON.stringify({ stringData: { pw: value } });
    for (const text of [
      `${value}\n`,
      `${Buffer.from(value).toString('base64')}\n`,
      `last-applied-configuration: ${applied}\n`,
      `${JSON.stringify({ annotations: { last: applied } })}\n`,
    ]) {
      expect(shown(third, text)).toContain(REDACTED);
      expect(shown(third, text)).not.toContain('4711');
    }
  });

  it('are told at once to the redactors of the running attempt', async () => {
    const secrets = await RunSecrets.load(new MemoryVault());
    const redactor = createRedactor({ secrets: secrets.all() });
    const end = secrets.onAdded(redactor.add);
    secrets.add(value);
    expect(redactor.push(`${value}\n`)).toBe(`${REDACTED}\n`);
    end();
  });

  it('are saved together, and only when there is something new', async () => {
    const vault = new MemoryVault();
    const secrets = await RunSecrets.load(vault);
    for (let n = 0; n < 100; n += 1) secrets.add(`made-up-${n}`);
    await secrets.saved();
    secrets.add('made-up-1');
    await secrets.saved();
    expect(vault.saves).toBe(1);
    expect(vault.values).toHaveLength(100);
  });

  it('do not hold words that are too common to hide', async () => {
    const secrets = await RunSecrets.load(new MemoryVault());
    for (const word of ['true', 'admin', '1234', 'password']) secrets.add(word);
    expect(secrets.all()).toEqual([]);
  });

  it('are bounded in number, and those beyond are counted and hidden by the attempt', async () => {
    const secrets = await RunSecrets.load(new MemoryVault());
    const told: string[] = [];
    secrets.onAdded(one => told.push(one));
    for (let n = 0; n < 10_010; n += 1) secrets.add(`made-up-${n}`);
    expect(secrets.all()).toHaveLength(10_000);
    expect(secrets.left).toBe(10);
    expect(told).toHaveLength(10_010);
    await secrets.saved();
  });

  it('are bounded in size', async () => {
    const secrets = await RunSecrets.load(new MemoryVault());
    secrets.add(`a1-${'xyz'.repeat(300_000)}`);
    secrets.add(`b2-${'xyz'.repeat(300_000)}`);
    expect(secrets.all()).toHaveLength(1);
    expect(secrets.left).toBe(1);
    await secrets.saved();
  });

  it('that cannot be saved are an error at the end of the attempt, and are tried again', async () => {
    const vault = new MemoryVault();
    const secrets = await RunSecrets.load(vault);
    vault.failure = new Error('no connection');
    secrets.add(value);
    await expect(secrets.saved()).rejects.toThrow('no connection');
    vault.failure = undefined;
    await secrets.saved();
    expect(vault.values).toEqual([value]);
  });
});

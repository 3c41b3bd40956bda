import { containerTarget } from './containerTarget.mjs';

const NOT_FOUND = 127;

/**
 * The work of containers that end by themselves: their command is answered as
 * `kubectl exec` would be, its output is their log and its exit code their end.
 *
 * A command that nobody knows is taken to have gone well, without a word: an
 * image may hold anything.
 */
export class JobWork {
  #commands;
  #environments;
  #logs = new WeakMap();

  constructor({ commands, environments }) {
    this.#commands = commands;
    this.#environments = environments;
  }

  /** Does the work of one container and returns its exit code. */
  async run(life, container) {
    const words = [...(container.command ?? []), ...(container.args ?? [])];
    if (words.length === 0) return 0;
    const target = await containerTarget(
      life,
      container.name,
      this.#environments,
    );
    const { stdout, stderr, exitCode } = await this.#commands.run(words, {
      target,
      stdin: async () => '',
      signal: life.signal,
    });
    if (exitCode === NOT_FOUND) return 0;
    const logs = this.#logs.get(life) ?? new Map();
    this.#logs.set(life, logs.set(container.name, stdout + stderr));
    return exitCode;
  }

  /** What the container printed, or undefined when its command was not known. */
  logOf(life, containerName) {
    return this.#logs.get(life)?.get(containerName);
  }
}

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { reachableFor } from './reachableFor';
import { INSIDE } from './sandboxScripts';
import { SHELL_COMMANDS } from './shellCommands';
import { SYSTEM_TOOL_FOLDERS } from './stepEnvironment';
import type { StepUser } from './stepUser';

/** What a step finds where no folder of tools is configured: these, from the backend's own PATH. */
const BORROWED = ['kubectl', 'helm'];
const LISTED_FOR_MS = 60_000;
const SETTING = 'runbooks.executors.local.toolsDirectory';

/** A file or folder of this machine that stands in the sandbox. */
export interface ToolBinding {
  source: string;
  target: string;
}

/**
 * The programs of a step besides those of the system: a folder that the operator configured, else kubectl and helm
 * from the PATH of the backend. A folder that is missing takes its programs away and nothing else.
 */
export class StepTools {
  readonly #directory: string | undefined;
  readonly #user: StepUser | undefined;
  #listed: { until: number; names: Promise<Set<string>> } | undefined;

  constructor(options: {
    toolsDirectory: string | undefined;
    user: StepUser | undefined;
  }) {
    this.#directory = options.toolsDirectory;
    this.#user = options.user;
  }

  /** What is there right now. */
  async bindings(): Promise<ToolBinding[]> {
    if (this.#directory !== undefined) {
      const source = await reachableFor(this.#directory, this.#user);
      return source ? [{ source, target: INSIDE.tools }] : [];
    }
    const found = await Promise.all(BORROWED.map(name => this.#borrow(name)));
    return found.flatMap(binding => binding ?? []);
  }

  /** What is wrong with the folder that was configured, in words. */
  async problem(): Promise<string | undefined> {
    if (this.#directory === undefined) return undefined;
    return (await reachableFor(this.#directory, this.#user))
      ? undefined
      : `${SETTING} is '${
          this.#directory
        }'; expected a folder that exists and that the user who runs steps may read`;
  }

  /** The names of all commands that a step has, builtins of bash included; as they were within the last minute. */
  names(): Promise<Set<string>> {
    const now = Date.now();
    if (!this.#listed || this.#listed.until < now) {
      this.#listed = { until: now + LISTED_FOR_MS, names: this.#list() };
    }
    return this.#listed.names;
  }

  async #list(): Promise<Set<string>> {
    const names = new Set(SHELL_COMMANDS);
    const folders = [...SYSTEM_TOOL_FOLDERS];
    for (const { source, target } of await this.bindings()) {
      if (target === INSIDE.tools) folders.push(source);
      else names.add(path.basename(target));
    }
    for (const folder of new Set(folders)) {
      for (const name of await programsIn(folder, this.#user)) names.add(name);
    }
    return names;
  }

  async #borrow(name: string): Promise<ToolBinding | undefined> {
    for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
      if (!path.isAbsolute(folder)) continue;
      const source = await reachableFor(path.join(folder, name), this.#user);
      if (source) return { source, target: `${INSIDE.tools}/${name}` };
    }
    return undefined;
  }
}

async function programsIn(
  folder: string,
  user: StepUser | undefined,
): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    () => [],
  );
  const programs = await Promise.all(
    entries
      .filter(entry => !entry.isDirectory())
      .map(async ({ name }) =>
        (await reachableFor(path.join(folder, name), user)) ? name : undefined,
      ),
  );
  return programs.flatMap(name => name ?? []);
}

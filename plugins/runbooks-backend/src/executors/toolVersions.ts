import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ExecutorTool } from '@backstage-runbooks/plugin-runbooks-node';
import { INSIDE } from './sandboxScripts';
import type { ToolBinding } from './StepTools';

const run = promisify(execFile);

const ANSWER_WITHIN_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const VERSION = /\bv?\d{1,4}\.\d{1,4}(?:\.\d{1,6})?(?:[-+][\w.]{1,60})?/;

/** How each program tells its version; the first one in its answer counts. */
const ASKED = new Map([
  ['bwrap', ['--version']],
  ['bash', ['--version']],
  ['kubectl', ['version', '--client']],
  ['helm', ['version', '--short']],
]);

/**
 * The programs that steps are run with, and their versions: bubblewrap and bash of the system, and those of the tools.
 * Never rejects; a program that does not answer within ten seconds has a problem.
 */
export async function toolVersions(
  bindingsOf: () => Promise<ToolBinding[]>,
): Promise<ExecutorTool[]> {
  const bindings = await bindingsOf();
  const tools = (await Promise.all(bindings.map(programsOf))).flat();
  return Promise.all([
    versionOf('bwrap', 'bwrap'),
    versionOf('bash', 'bash'),
    ...tools.map(({ name, source }) => versionOf(name, source)),
  ]);
}

/** Of a folder of tools those whose version can be asked for. */
async function programsOf({
  source,
  target,
}: ToolBinding): Promise<Array<{ name: string; source: string }>> {
  if (target !== INSIDE.tools) return [{ name: path.basename(target), source }];
  const names = await readdir(source).catch(() => []);
  return names
    .filter(name => ASKED.has(name))
    .sort()
    .map(name => ({ name, source: path.join(source, name) }));
}

async function versionOf(name: string, program: string): Promise<ExecutorTool> {
  try {
    const { stdout } = await run(program, ASKED.get(name) ?? ['--version'], {
      timeout: ANSWER_WITHIN_MS,
      maxBuffer: MAX_ANSWER_BYTES,
      env: { PATH: process.env.PATH, HOME: '/nonexistent' },
    });
    const version = VERSION.exec(stdout)?.[0];
    return version === undefined
      ? { name, problem: 'It does not tell its version' }
      : { name, version };
  } catch (error) {
    return {
      name,
      problem:
        (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? 'It is not installed'
          : 'It does not tell its version',
    };
  }
}

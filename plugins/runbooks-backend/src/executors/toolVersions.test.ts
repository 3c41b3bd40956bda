import { chmodSync } from 'node:fs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { INSIDE } from './sandboxScripts';
import { toolVersions } from './toolVersions';

describe('the programs that steps are run with', () => {
  const disk = createMockDirectory();

  function program(name: string, script: string): string {
    disk.addContent({ [name]: `#!/bin/sh\n${script}\n` });
    chmodSync(disk.resolve(name), 0o755);
    return disk.resolve(name);
  }

  it('are told with the version that each one says, wherever they stand', async () => {
    program('tools/kubectl', 'echo "Client Version: v1.33.1"');
    program('tools/README', 'exit 1');
    const helm = program('elsewhere/helm-3', 'echo v3.18.0+gcc58e3f');
    const tools = await toolVersions(async () => [
      { source: disk.resolve('tools'), target: INSIDE.tools },
      { source: helm, target: `${INSIDE.tools}/helm` },
    ]);
    expect(tools.slice(2)).toEqual([
      { name: 'kubectl', version: 'v1.33.1' },
      { name: 'helm', version: 'v3.18.0+gcc58e3f' },
    ]);
    expect(tools[1]).toMatchObject({
      name: 'bash',
      version: expect.stringMatching(/^5\./),
    });
  });

  it('have a problem where they do not answer, and none of them stops the others', async () => {
    const kubectl = program('broken', 'echo no; exit 3');
    const tools = await toolVersions(async () => [
      { source: kubectl, target: `${INSIDE.tools}/kubectl` },
      { source: disk.resolve('absent'), target: `${INSIDE.tools}/helm` },
    ]);
    expect(tools.slice(2)).toEqual([
      { name: 'kubectl', problem: 'It does not tell its version' },
      { name: 'helm', problem: 'It is not installed' },
    ]);
  });
});

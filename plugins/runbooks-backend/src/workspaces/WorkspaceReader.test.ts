import { createMockDirectory } from '@backstage/backend-test-utils';
import { LocalRepository } from '../runbooks/LocalRepository';
import { snapshotOf } from '../runbooks/snapshotOf';
import { WorkspaceReader } from './WorkspaceReader';

const SCRIPT = 'kubectl get pods\n';
const ODD: Array<[string, Buffer, string | undefined]> = [
  ['a plain text', Buffer.from(SCRIPT), SCRIPT],
  [
    'a byte order mark, which bash takes for a part of the first word',
    Buffer.from(`\ufeff${SCRIPT}`),
    `\ufeff${SCRIPT}`,
  ],
  [
    'bytes that are no text',
    Buffer.concat([Buffer.from([0xff, 0xe4]), Buffer.from(SCRIPT)]),
    undefined,
  ],
  ['a byte that is zero', Buffer.from(`a\0${SCRIPT}`), undefined],
];

describe('a script as the plan reads it in git, and as it is read before it runs', () => {
  const disk = createMockDirectory();

  it.each(ODD)('is the same with %s', async (_, content, text) => {
    disk.setContent({ 'run.sh': content });
    const repository = await LocalRepository.open(disk.path, [disk.path]);
    const snapshot = await snapshotOf(repository);
    expect(snapshot.text('run.sh')).toBe(text);
    expect(new WorkspaceReader(disk.path).text('run.sh')).toBe(text);
  });
});

import fc from 'fast-check';
import { readRunbook } from '../readRunbook';
import { withoutMkDocsBlocks } from './mkdocsBlocks';

describe('admonitions and tabs of MkDocs', () => {
  const runbook = readRunbook(
    `# Restart the cache

!!! warning "Business hours"

    Nobody restarts it on a Friday.

## Steps

=== "Kubernetes"

    \`\`\`bash
    kubectl rollout restart deploy/cache

    kubectl rollout status deploy/cache
    \`\`\`

=== "Docker"

    \`\`\`bash
    docker restart cache
    \`\`\`

???+ example "Look at it"
    \`\`\`bash
    kubectl get pods -n cache
    \`\`\`
`,
    'cache.md',
  );

  it('hold blocks of commands as any other text', () => {
    expect(
      runbook.blocks.map(({ line, language, shell }) => [
        line,
        language,
        shell,
      ]),
    ).toEqual([
      [11, 'bash', true],
      [19, 'bash', true],
      [24, 'bash', true],
    ]);
  });

  it('give their titles to the steps within', () => {
    const [procedure] = runbook.procedures;
    expect(
      procedure.phases.flatMap(({ steps }) =>
        steps
          .filter(({ type }) => type === 'command')
          .map(({ title }) => title),
      ),
    ).toEqual(['Kubernetes', 'Docker', 'example "Look at it"']);
  });

  it('are left alone inside of code, and where nothing stands below them', () => {
    const text =
      '```text\n!!! note\n    x\n```\n\n!!! not a block\n\nA === B\n\n=== "x"\n';
    expect(withoutMkDocsBlocks(text)).toBe(text);
  });

  it('keep every line as long as it is', () => {
    const line = fc.constantFrom(
      '!!! note "a"',
      '  ??? tip',
      '???+ x',
      '=== "a b"',
      '    text',
      '```',
      '',
      'a',
    );
    fc.assert(
      fc.property(fc.array(line), lines => {
        const read = withoutMkDocsBlocks(lines.join('\n')).split('\n');
        expect(read.map(one => one.length)).toEqual(
          lines.length === 0 ? [0] : lines.map(one => one.length),
        );
      }),
    );
  });
});

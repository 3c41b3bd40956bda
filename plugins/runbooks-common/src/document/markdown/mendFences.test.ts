import { readRunbook } from '../readRunbook';

function blocksOf(...lines: string[]) {
  const { blocks, problems } = readRunbook(lines.join('\n'), 'broken.md');
  return {
    blocks: blocks.map(({ line, language, text }) => [line, language, text]),
    unclosed: problems
      .filter(({ code }) => code === 'unclosed-fence')
      .map(({ line }) => line),
  };
}

describe('fences that were never closed', () => {
  it('end before the next heading', () => {
    expect(
      blocksOf(
        '# Relay',
        '',
        '```bash',
        'systemctl restart relay',
        '',
        '## Afterwards',
        '',
        'Look at the [queue](#queue).',
        '',
        '```bash',
        'relayctl queue',
        '```',
      ),
    ).toEqual({
      blocks: [
        [3, 'bash', 'systemctl restart relay'],
        [10, 'bash', 'relayctl queue'],
      ],
      unclosed: [3],
    });
  });

  it('end before the next fence with a language', () => {
    expect(
      blocksOf(
        '# Relay',
        '```bash',
        'systemctl restart relay',
        '```bash',
        'relayctl queue',
        '```',
        'Done.',
      ),
    ).toEqual({
      blocks: [
        [2, 'bash', 'systemctl restart relay'],
        [4, 'bash', 'relayctl queue'],
      ],
      unclosed: [2],
    });
  });

  it('give the sections behind them back', () => {
    const { procedures } = readRunbook(
      [
        '# Relay',
        '',
        '## Restart',
        '',
        '```bash',
        'systemctl restart relay',
        '',
        '## Drain',
        '',
        '1. Tell the team.',
        '2. Drain it:',
        '',
        '   ```bash',
        '   relayctl drain --yes',
        '   ```',
      ].join('\n'),
      'broken.md',
    );
    expect(procedures.map(({ title, line }) => [title, line])).toEqual([
      ['Restart', 3],
      ['Drain', 8],
    ]);
  });

  it('are closed by marks that are too few', () => {
    expect(
      blocksOf(
        '# Relay',
        '````',
        '$ relayctl queue',
        'empty',
        '```',
        'Nothing waits then.',
      ),
    ).toEqual({
      blocks: [[2, '', '$ relayctl queue\nempty']],
      unclosed: [2],
    });
  });

  it('keep comments that look like headings', () => {
    const script = [
      '# stop',
      'relayctl stop',
      '',
      '## start',
      'relayctl start',
    ];
    expect(blocksOf('# Relay', '', '```bash', ...script).blocks).toEqual([
      [3, 'bash', script.join('\n')],
    ]);
  });

  it('keep the whole rest where nothing tells their end', () => {
    expect(
      blocksOf('# Relay', '```bash', 'relayctl stop', '', 'relayctl start'),
    ).toEqual({
      blocks: [[2, 'bash', 'relayctl stop\n\nrelayctl start']],
      unclosed: [2],
    });
  });
});

describe('fences within fences', () => {
  it('longer marks hold shorter ones', () => {
    expect(
      blocksOf('````text', '```bash', 'ls', '```', '````', '', 'Text.'),
    ).toEqual({
      blocks: [[1, 'text', '```bash\nls\n```']],
      unclosed: [],
    });
  });

  it('a template in Markdown holds its blocks, and the document goes on behind it', () => {
    const read = blocksOf(
      '# Writing runbooks',
      '```markdown',
      '## Title',
      '```bash',
      './check.sh',
      '```',
      '## Contacts',
      '```',
      '## Review',
      '```bash',
      './review.sh',
      '```',
    );
    expect(read).toEqual({
      blocks: [
        [2, 'markdown', '## Title\n```bash\n./check.sh\n```\n## Contacts'],
        [10, 'bash', './review.sh'],
      ],
      unclosed: [],
    });
  });
});

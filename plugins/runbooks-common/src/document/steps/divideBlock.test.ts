import { readShell } from '../../shell';
import type { BlockPart } from './blockPart';
import { divideBlock } from './divideBlock';

interface DivisionCase {
  because: string;
  block: string;
  /** `title: first line of the shell`, `title (by hand)`, with `?condition`, `|option`, `~or`. */
  parts: string[];
}

const CASES: DivisionCase[] = [
  {
    because: 'numbered comments name the commands below them',
    block:
      '# 1. Check status\nkubectl get pods\n\n# Step 2 - Drain\nkubectl drain n1',
    parts: ['Check status: kubectl get pods', 'Drain: kubectl drain n1'],
  },
  {
    because: 'commands without a naming comment between them stay together',
    block: 'kubectl get pods\n\nkubectl get nodes',
    parts: ['-: kubectl get pods\n\nkubectl get nodes'],
  },
  {
    because:
      'a loop, an if, a heredoc, a pipe and a continuation are never cut',
    block:
      '# Scale all\nfor s in a b; do\n  # one by one\n  kubectl scale deploy $s \\\n    --replicas=1\ndone\n# Write it\ncat <<END > f\n# not a comment\nEND',
    parts: [
      'Scale all: for s in a b; do\n  # one by one\n  kubectl scale deploy $s \\\n    --replicas=1\ndone',
      'Write it: cat <<END > f\n# not a comment\nEND',
    ],
  },
  {
    because:
      'an instruction without a command is done by hand, with its bullets',
    block:
      '# 3. Check the database\n# - Slow query log\n# - Indices\n\n# 4. Restart\nkubectl rollout restart deploy/a',
    parts: [
      'Check the database (by hand)\n- Slow query log\n- Indices',
      'Restart: kubectl rollout restart deploy/a',
    ],
  },
  {
    because: 'bullets before a command belong to its step',
    block:
      '# If dependency issue\n# - Check the status\n# - Reset it:\ncurl -X POST http://x/reset',
    parts: [
      'If dependency issue?If dependency issue: curl -X POST http://x/reset\n- Check the status\n- Reset it:',
    ],
  },
  {
    because: 'a condition stands apart from what to do',
    block:
      '# If code issue, rollback\n./rollback.sh\n# Scale up if resource exhaustion\nkubectl scale deploy a --replicas=9\n# Check heap (if applicable)\njmap 1',
    parts: [
      'Rollback?If code issue: ./rollback.sh',
      'Scale up?If resource exhaustion: kubectl scale deploy a --replicas=9',
      'Check heap?If applicable: jmap 1',
    ],
  },
  {
    because: 'options and "or" are alternatives',
    block:
      '# Option 1: Restart\nkubectl rollout restart deploy/a\n# Option 2: Scale\nkubectl scale deploy a --replicas=0\n# Or by hand\n./x.sh',
    parts: [
      'Restart|Option 1: kubectl rollout restart deploy/a',
      'Scale|Option 2: kubectl scale deploy a --replicas=0',
      'By hand~or: ./x.sh',
    ],
  },
  {
    because: 'an instruction after a command is a step by hand',
    block:
      'kubectl port-forward svc/a 8080\n# Open browser to http://localhost:8080',
    parts: [
      '-: kubectl port-forward svc/a 8080',
      'Open browser to http://localhost:8080 (by hand)',
    ],
  },
  {
    because: 'an explanation after a command is a remark',
    block: 'kubectl logs a\n# Common issues: missing variables',
    parts: ['-: kubectl logs a\nCommon issues: missing variables'],
  },
  {
    because: 'the solution names the step and the cause is its remark',
    block:
      '# Cause: image not found\n# Solution: Load image\nminikube image load a',
    parts: ['Load image: minikube image load a\nCause: image not found'],
  },
  {
    because: 'a sentence over two lines is one name',
    block: '# Get the pods and\n# sort them by age\nkubectl get pods',
    parts: ['Get the pods and sort them by age: kubectl get pods'],
  },
  {
    because: 'two instructions before a command are two steps',
    block: '# Check for updates\n# Rebuild the image\ndocker build .',
    parts: ['Check for updates (by hand)', 'Rebuild the image: docker build .'],
  },
  {
    because: 'a heading above numbered comments is no step',
    block:
      './daily.sh\n\n# Manual checks:\n# 1. Review policies\n# 2. Audit logs',
    parts: [
      '-: ./daily.sh',
      'Review policies (by hand)\nManual checks:',
      'Audit logs (by hand)',
    ],
  },
  {
    because: 'a query among commands is a step for another tool',
    block:
      '# 1. Check logs\nkubectl logs a\n\n# 2. Check connections\nSELECT count(*) FROM pg_stat_activity;',
    parts: [
      'Check logs: kubectl logs a',
      'Check connections (query SELECT count(*) FROM pg_stat_activity;)',
    ],
  },
  {
    because: 'a block of comments only is a list of things to do',
    block: '# Review metrics\n# - CPU\n\n# Review costs\n# - Pods',
    parts: [
      'Review metrics (by hand)\n- CPU',
      'Review costs (by hand)\n- Pods',
    ],
  },
];

describe('dividing a shell block into steps', () => {
  it.each(CASES)('$because', ({ block, parts }) => {
    const reading = readShell(block, { language: 'bash' });
    expect(divideBlock(reading, block).map(inShort)).toEqual(parts);
  });

  it('an expected output in comments belongs to the command above', () => {
    const block =
      '# View budget\n./budget.sh\n\n# Output example:\n# Status: HEALTHY\n# Left: 60%';
    const [part] = divideBlock(readShell(block, { language: 'bash' }), block);
    expect(part.expectation).toEqual({
      text: 'Output example:\nStatus: HEALTHY\nLeft: 60%',
      line: 4,
    });
  });

  it('lines count inside the block', () => {
    const block = '# 1. A\nls\n\n# 2. B\n\ndate';
    const parts = divideBlock(readShell(block, { language: 'bash' }), block);
    expect(parts.map(({ line, shell }) => [line, shell?.line])).toEqual([
      [1, 2],
      [4, 6],
    ]);
  });
});

function inShort(part: BlockPart): string {
  const condition = part.condition ? `?${part.condition}` : '';
  const option = part.option ? `|${part.option}` : '';
  const or = part.orBefore ? '~or' : '';
  const remarks = part.remarks.map(remark => `\n${remark}`).join('');
  const name = `${part.title ?? '-'}${condition}${option}${or}`;
  if (part.query) return `${name} (query ${part.query.text})`;
  return part.shell
    ? `${name}: ${part.shell.text}${remarks}`
    : `${name} (by hand)${remarks}`;
}

import { judgeExpectation } from './judgeExpectation';
import { readExpectation } from './readExpectation';

interface JudgementCase {
  because: string;
  written: string;
  output: string;
  verdicts: string[];
}

const PODS = 'NAME    READY   STATUS    RESTARTS   AGE\n';

const CASES: JudgementCase[] = [
  {
    because: 'a success line is found whatever the names',
    written: '```text\ndeployment "strategy" successfully rolled out\n```',
    output: 'deployment "other" successfully rolled out',
    verdicts: ['met'],
  },
  {
    because: 'a success line that is missing is missed',
    written: '```text\ndeployment "a" successfully rolled out\n```',
    output: 'Waiting for rollout',
    verdicts: ['missed'],
  },
  {
    because: 'the same numbers',
    written: 'Generation catches up (same numbers):\n\n```\n12\n12\n```',
    output: '7\n7\n',
    verdicts: ['met'],
  },
  {
    because: 'different numbers',
    written: 'same numbers',
    output: '7\n6\n',
    verdicts: ['missed'],
  },
  {
    because: 'one number proves nothing',
    written: 'same numbers',
    output: '7\n',
    verdicts: ['unclear'],
  },
  {
    because: 'all pods ready',
    written: 'All pods are `Ready`',
    output: `${PODS}a       1/1     Running   0          4m\nb       2/2     Running   0          4m\n`,
    verdicts: ['met'],
  },
  {
    because: 'a pod that is not ready',
    written: 'All pods are `Ready`',
    output: `${PODS}a       0/1     Running   0          4m\n`,
    verdicts: ['missed'],
  },
  {
    because: 'no pods at all say nothing about readiness',
    written: 'All pods are `Ready`',
    output: 'No resources found',
    verdicts: ['unclear'],
  },
  {
    because: 'endpoints that are there',
    written: 'Endpoints show at least one ready address',
    output: 'NAME   ENDPOINTS         AGE\nsvc    10.0.0.1:8080     3d\n',
    verdicts: ['met'],
  },
  {
    because: 'endpoints that are empty',
    written: 'Endpoints show at least one ready address',
    output: 'NAME   ENDPOINTS   AGE\nsvc    <none>      3d\n',
    verdicts: ['missed'],
  },
  {
    because: 'a warning that repeats',
    written: 'No repeating warnings like:\n- `FailedScheduling`\n- `Unhealthy`',
    output:
      'Warning FailedScheduling a\nWarning FailedScheduling b\nNormal Started',
    verdicts: ['missed', 'met'],
  },
  {
    because: 'a warning that the event counts',
    written: 'No repeating warnings like:\n- `Unhealthy`',
    output: 'Warning Unhealthy (x14 over 3m)',
    verdicts: ['missed'],
  },
  {
    because: 'a threshold that is kept',
    written: '- Error rate < 0.5%',
    output: 'Error rate: 0.2%',
    verdicts: ['met'],
  },
  {
    because: 'a threshold that is broken',
    written: '- Error rate < 0.5%',
    output: 'error rate = 3 %',
    verdicts: ['missed'],
  },
  {
    because: 'a threshold that the output does not mention',
    written: '- Latency < 200ms',
    output: 'ok',
    verdicts: ['unclear'],
  },
  {
    because: 'a threshold in another unit is for a person',
    written: '- Latency < 200ms',
    output: 'Latency: 1 s',
    verdicts: ['unclear'],
  },
  {
    because: 'text that must not be there',
    written: 'No `ERROR` lines',
    output: 'INFO ok',
    verdicts: ['met'],
  },
  {
    because: 'text that must not be there and is',
    written: 'No `ERROR` lines',
    output: 'ERROR broken',
    verdicts: ['missed'],
  },
  {
    because: 'quoted text',
    written: 'You should see `backup complete`.',
    output: 'backup complete (12 s)',
    verdicts: ['met'],
  },
  {
    because: 'equal columns',
    written: 'READY == DESIRED',
    output: 'NAME  DESIRED  READY\nds    3        2\n',
    verdicts: ['missed'],
  },
  {
    because: 'an output that should be empty',
    written: 'Should return empty',
    output: '\n',
    verdicts: ['met'],
  },
  {
    because: 'what to do when it is otherwise is not expected',
    written:
      'The `READY` column should be `True`. If `False`, read its events.',
    output: 'NAME   READY   AGE\nweb    True    3d\n',
    verdicts: ['met', 'met'],
  },
  {
    because: 'a certificate that is not ready',
    written: 'Status: Ready',
    output: 'NAME   READY   AGE\nweb    False   3d\n',
    verdicts: ['missed'],
  },
  {
    because: 'what holds only for a while is not expected',
    written:
      'The old node shows `stopped` for a few seconds, then `streaming`.',
    output: 'old  streaming',
    verdicts: ['met'],
  },
  {
    because: 'a state without code marks',
    written: '- [ ] press-machine pods Running, none Pending',
    output: 'a 1/1 Running',
    verdicts: ['met', 'met'],
  },
  {
    because: 'prose that no program can judge',
    written: 'Everything feels fast.',
    output: 'x',
    verdicts: [],
  },
];

describe('judging what a step printed', () => {
  it.each(CASES)('$because', ({ written, output, verdicts }) => {
    const judged = judgeExpectation(readExpectation(written, 1), output);
    expect(judged.map(({ verdict }) => verdict)).toEqual(verdicts);
    expect(judged.every(({ because }) => because.length > 0)).toBe(true);
  });

  it('of one pod that is ready it is said which, of several how many', () => {
    const expectation = readExpectation('All pods are `Ready`', 1);
    const line = 'web     1/1     Running   0          4m\n';
    const [one] = judgeExpectation(expectation, `${PODS}${line}`);
    expect(one.because).toBe('web is ready');
    const [two] = judgeExpectation(expectation, `${PODS}${line}${line}`);
    expect(two.because).toBe('All 2 are ready');
  });

  it('an exit code of zero is judged by the exit code, and is unclear without one', () => {
    const expectation = readExpectation('The command returns 0.', 1);
    expect(judgeExpectation(expectation, '', 0)[0].verdict).toBe('met');
    expect(judgeExpectation(expectation, '', 2)[0].verdict).toBe('missed');
    expect(judgeExpectation(expectation, '')[0].verdict).toBe('unclear');
  });

  it('a sample table is only an example: its values are not expected', () => {
    const written =
      'Pods run:\n\n```\nNAME   READY   STATUS\nabc    1/1     Running\n```';
    expect(readExpectation(written, 1).checks).toEqual([{ kind: 'ready' }]);
  });
});

import {
  statementLines,
  type StatementLines,
} from '@backstage-runbooks/plugin-runbooks-common';
import { StepReport } from './StepReport';

const LONGEST_REPORT = 4 * 1024 * 1024;

function reported(records: string[]): StepReport {
  const report = new StepReport(() => {});
  report.push(Buffer.from(['R', ...records].map(one => `${one}\0`).join('')));
  return report;
}

function piecesOf(text: string): StatementLines[] {
  return statementLines(text);
}

describe('what a step says about itself', () => {
  it('is how its commands ended, in the order in which bash got to them', () => {
    const report = reported(['S0:1=0', 'S1:3=0', 'E3=4', 'S3:0=4', 'X']);
    expect(
      report
        .commands(piecesOf('a\nb\nc\nd\n'))
        .map(({ text, exitCode }) => [text, exitCode]),
    ).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 4],
    ]);
  });

  it('is not believed where it goes back', () => {
    const report = reported(['S0:3=0', 'S1:2=7', 'S3:0=0', 'X']);
    expect(
      report.commands(piecesOf('a\nb\nc\n')).map(({ exitCode }) => exitCode),
    ).toEqual([0, 0, 0]);
  });

  it.each([
    ['that all pieces were reached', 'S0:9999=0', 'a\n'.repeat(30_000)],
    ['that its shell has ended', 'S1:0=0', 'f() { a; }\n'.repeat(5_000)],
    [
      'that kubectl failed',
      'W1:kubectl\x1fget\x1fpods',
      'kubectl a\n'.repeat(6_000),
    ],
    ['that files were not kept', 'H.a', 'a\n'],
  ])(
    'takes no more than a moment where it says %s again and again',
    (_, record, text) => {
      const pieces = piecesOf(text);
      const many = Math.floor(LONGEST_REPORT / (record.length + 1)) - 1;
      const report = reported(Array<string>(many).fill(record));
      const before = process.cpuUsage();
      report.commands(pieces);
      report.state();
      report.droppedFiles();
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(4_000);
    },
  );

  const UNHANDLED = '{ kubectl apply -f web.yaml; echo done; }\n';
  const handledFailures = (count: number) =>
    Array.from(
      { length: count },
      (_, n) => `W1:kubectl\x1fget\x1fpod\x1fweb-${n}`,
    );

  it.each([0, 199, 200, 1_000, 20_000])(
    'tells a failure that nothing handles behind %d that the step handles',
    count => {
      const report = reported([
        'S0:1=0',
        ...handledFailures(count),
        'S1:2=0',
        'W1:kubectl\x1fapply\x1f-f\x1fweb.yaml',
        'S2:0=0',
        'X',
      ]);
      const told = report.commands(
        piecesOf(
          `for p in $(seq 9); do kubectl get pod "web-$p" || true; done\n${UNHANDLED}`,
        ),
      );
      expect(told[1].failed).toMatch(/^kubectl apply/);
    },
  );

  it('calls a piece failed whose failures are more than can be told apart', () => {
    const report = reported(['S0:1=0', ...handledFailures(600), 'S1:0=0', 'X']);
    const told = report.commands(
      piecesOf(
        'for p in $(seq 600); do kubectl get pod "web-$p" || true; done',
      ),
    );
    expect(told[0].failed).toBe(
      'kubectl get pod web-500 (500 other commands failed before: which of them the step handles is not looked at further)',
    );
  });

  it('takes no more than a moment where each of its many failures is another one', () => {
    const pieces = piecesOf('kubectl get a b c d e f g\n'.repeat(2_000));
    const records = Array.from(
      { length: 100_000 },
      (_, n) => `W1:kubectl\x1fget\x1f${n}`,
    );
    const report = reported(records);
    const before = process.cpuUsage();
    report.commands(pieces);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(4_000);
  });
});

import { runSummary } from '../../testing/runs';
import { runsCsv } from './runsCsv';

const RUN = runSummary('r1', {
  writes: 4,
  rolledBack: true,
  startedAt: '2026-11-21T03:00:00.000Z',
  shortfall: { failed: 2, unexpected: 0, notDone: 1, skipped: 0 },
  approvedBy: ['user:default/lena.fischer'],
});

describe('history as comma-separated values', () => {
  it('has a head line and one line per run', () => {
    expect(runsCsv([RUN]).split('\r\n')).toEqual([
      'run,service,procedure,runbook,revision,cluster,effect as planned,writes,state,rolled back,steps failed,steps not as expected,steps not done,needed steps skipped,started by,approved by,started at,finished at',
      'r1,component:default/auth-service,Incident: high latency of logins,runbooks/operations.md,4be81f2c9a7d,local,destructive,4,open,yes,2,0,1,0,user:default/sam.okafor,user:default/lena.fischer,2026-11-21T03:00:00.000Z,',
      '',
    ]);
  });

  it('counts no steps of a run that cannot be read', () => {
    const run = { ...RUN, state: 'unreadable' };
    expect(runsCsv([run])).toContain(',unreadable,,,,,,user:default/');
  });

  it.each([
    ['a, "b"', '"a, ""b"""'],
    ['=HYPERLINK(1)', "'=HYPERLINK(1)"],
    ['a\u202Eb', 'a\\u{202E}b'],
    ['two\nlines', '"two\nlines"'],
    // Where a spreadsheet divides at semicolons, a value in the middle begins a cell.
    ['Restart;=1+cmd', `"Restart;'=1+cmd"`],
    ['a; -1', '"a; -1"'],
    ['two\n=1', `"two\n'=1"`],
  ])('writes %j as %j', (procedureTitle, cell) => {
    expect(runsCsv([{ ...RUN, procedureTitle }])).toContain(`,${cell},`);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Procedure, Runbook } from './model';
import { readRunbook } from './readRunbook';

const folder = resolve(__dirname, 'fixtures');

interface StyleCase {
  file: string;
  style: string;
  /** Per procedure: kind, title, and per phase its role with the types of its steps. */
  procedures: string[];
}

const STYLES: StyleCase[] = [
  {
    file: 'alert-page',
    style:
      'an alert page of meaning, impact, diagnosis and mitigation is one incident',
    procedures: [
      'incident QueueConsumerLagging | investigation: manual manual command command | steps: command',
    ],
  },
  {
    file: 'alert-prose',
    style: 'an alert page in prose is followed by hand',
    procedures: [
      'incident EtcdDatabaseQuotaLow | investigation: manual | steps: manual',
    ],
  },
  {
    file: 'alert-collection',
    style: 'each alert of a collection is an incident',
    procedures: [
      'incident IngestQueueFull | investigation: link command | steps: command',
      'incident IngestDiskAlmostFull | investigation: command | steps: manual manual',
    ],
  },
  {
    file: 'service-page',
    style:
      'a page about a fault has checks in a list that numbers every item 1',
    procedures: [
      'incident Search service is down | investigation: command command | steps: command manual command | verification: manual',
    ],
  },
  {
    file: 'operator-sop',
    style: 'a standard operating procedure with a console session',
    procedures: [
      'maintenance Replace a failed storage node | steps: command command command manual | verification: command | rollback: manual',
    ],
  },
  {
    file: 'wiki-export',
    style:
      'a wiki export with underlined headings, emoji, HTML headings and details',
    procedures: [
      'routine Morning look | steps: manual manual command',
      'incident Relay refuses mail | steps: command | steps: command',
    ],
  },
  {
    file: 'docs-task',
    style: 'a task page of a documentation site is one procedure',
    procedures: [
      'maintenance Move a workload to another node pool | steps: command command | steps: manual command | followup: command',
    ],
  },
  {
    file: 'onboarding',
    style: 'an onboarding guide by days',
    procedures: [
      'onboarding Day 1 | steps: manual manual manual',
      'onboarding Accounts | steps: manual manual',
      'onboarding Local tools | steps: command command command',
    ],
  },
  {
    file: 'step-headings',
    style: 'headings that say Step 1, Step 2 are phases of one procedure',
    procedures: [
      'maintenance Upgrade the message broker | steps: manual | steps: command | steps: command | rollback: command | escalation: manual',
    ],
  },
  {
    file: 'chapters',
    style: 'numbered chapters of a handbook are not steps',
    procedures: [
      'check Check replication | steps: command',
      'maintenance Vacuum a table | steps: command',
      'recovery Promote a standby | steps: command command',
      'recovery Restore from backup | steps: command',
    ],
  },
  {
    file: 'release-checklist',
    style: 'a checklist by phases is one procedure',
    procedures: [
      'deploy Mobile release checklist | steps: manual manual | steps: manual manual manual | steps: manual manual manual | rollback: manual',
    ],
  },
  {
    file: 'options',
    style: 'options under headings are alternatives',
    procedures: [
      'maintenance How to restart the cache safely | steps: command | steps: command | verification: command',
    ],
  },
  {
    file: 'queries',
    style: 'PromQL and SQL are queries for a person',
    procedures: [
      'incident Slow checkout | investigation: query query | steps: query command',
    ],
  },
  {
    file: 'step-table',
    style: 'a table that counts steps',
    procedures: [
      'recovery Failover of the edge proxy | steps: command command manual',
    ],
  },
  {
    file: 'mixed-collection',
    style:
      'a service page with deploy, rollback, scale and faults side by side',
    procedures: [
      'deploy Deploy | steps: manual manual command | rollback: command',
      'rollback Rollback | rollback: command',
      'scale Scale | steps: command',
      'troubleshoot Card payments fail | steps: command',
      'troubleshoot Refunds are stuck | steps: command',
    ],
  },
  {
    file: 'qa',
    style: 'questions with answers',
    procedures: [
      'troubleshoot Builds wait in the queue forever | steps: command command',
      'troubleshoot "No space left on device" | steps: command',
    ],
  },
  {
    file: 'backup-table',
    style: 'facts in a table and a caution before the commands',
    procedures: [
      "check Check that last night's dump is there | verification: command manual",
      'maintenance Run the dump by hand | steps: command command',
    ],
  },
  {
    file: 'inspection',
    style: 'a procedure that promises to change nothing',
    procedures: ['check Inspect a tenant | steps: command manual'],
  },
  {
    file: 'incident-playbook',
    style: 'severities as titles, each with its own mitigation',
    procedures: [
      'incident SEV-1: Site is down | steps: manual manual command command | steps: command | steps: command | followup: manual manual',
      'incident SEV-2: Checkout is slow | investigation: command | steps: command',
    ],
  },
  {
    file: 'cheat-sheet',
    style: 'a cheat sheet is for looking up',
    procedures: [
      'reference Tags | steps: command',
      'reference Copy an image | steps: command',
    ],
  },
  {
    file: 'nested-subjects',
    style:
      'variants below an action are its parts, subjects below "Managing" are procedures',
    procedures: [
      'maintenance Restart the scheduler | steps: command | steps: command | steps: command',
      'maintenance Pause a job | steps: command',
      'maintenance Delete a job | steps: command',
      'troubleshoot Jobs are not picked up | steps: command | steps: command',
    ],
  },
  {
    file: 'scenario-playbook',
    style: 'counted scenarios with labels, methods and steps below them',
    procedures: [
      'incident Volume is full | investigation: command | steps: command | steps: command | steps: command',
      'incident Volume is gone | steps: manual manual',
    ],
  },
  {
    file: 'bullets-and-duties',
    style:
      'bullets above blocks, a rollback beside a deployment, and duties of the person on call',
    procedures: [
      'deploy Deploying | steps: command command | rollback: command',
      'rollback Rolling back | rollback: command',
      'routine Handover checklist | steps: manual manual',
    ],
  },
  {
    file: 'broken',
    style: 'a fence that is never closed',
    procedures: ['maintenance Restart | steps: command'],
  },
];

describe('styles of runbooks in the wild', () => {
  it.each(STYLES)('$style ($file)', ({ file, procedures }) => {
    expect(fixture(file).procedures.map(inShort)).toEqual(procedures);
  });

  it('every fixture is one of the styles', () => {
    const files = readdirSync(folder).map(name => name.replace(/\.md$/, ''));
    expect(files.sort()).toEqual(STYLES.map(({ file }) => file).sort());
  });
});

describe('facts of the fixtures', () => {
  it('a rollback beside a deployment is linked from it and can be started alone', () => {
    const [deploy, rollback] = fixture('mixed-collection').procedures;
    expect(deploy.rollbackProcedureId).toBe(rollback.id);
  });

  it('options are alternatives of one group', () => {
    const steps = stepsOf(fixture('options').procedures[0]);
    const alternatives = steps
      .slice(0, 2)
      .map(({ alternative }) => alternative);
    expect(alternatives.map(found => found?.label)).toEqual([
      'Option A',
      'Option B',
    ]);
    expect(new Set(alternatives.map(found => found?.group)).size).toBe(1);
  });

  it('a step that would change something in a read-only procedure is done by hand, and that is a problem', () => {
    const runbook = fixture('inspection');
    const [, second] = stepsOf(runbook.procedures[0]);
    expect(runbook.observeOnly).toBe(true);
    expect(second.type).toBe('manual');
    expect(second.manualBecause).toContain('only observes');
    expect(runbook.problems).toEqual([
      expect.objectContaining({ code: 'change-in-observe-only', line: 13 }),
    ]);
  });

  it('a variable that is filled by a placeholder is the parameter, with the variable’s name', () => {
    const [procedure] = fixture('inspection').procedures;
    expect(
      procedure.parameters.map(({ name, written }) => [name, written]),
    ).toEqual([['TENANT', '<tenant-id>']]);
  });

  it('literals that are exported are parameters with defaults', () => {
    const dump = fixture('backup-table').procedures[1];
    expect(
      dump.parameters.map(({ name, default: value, required }) => [
        name,
        value,
        required,
      ]),
    ).toEqual([
      ['DB_HOST', 'db-replica-1', false],
      ['DUMP_FILE', '/var/dumps/manual.sql.gz', false],
    ]);
  });

  it('facts in a table, in front matter and on one line are read', () => {
    expect(fixture('operator-sop').metadata).toMatchObject({
      owner: 'Storage team',
      version: '2.3',
      lastUpdated: '2026-03-14',
      duration: '40 minutes',
      riskLevel: 'High',
    });
    expect(fixture('wiki-export').metadata).toMatchObject({
      owner: 'Messaging squad',
      lastUpdated: '2026-05-12',
    });
    expect(fixture('incident-playbook').metadata).toMatchObject({
      lastUpdated: '2026-01-03',
      reviewSchedule: 'quarterly',
    });
  });

  it('the title comes from the first heading, the front matter or the file', () => {
    expect(fixture('wiki-export').title).toBe('Mail relay – operations');
    expect(fixture('chapters').title).toBe('Warehouse database handbook');
    expect(readRunbook('Just `text`.', 'ops/restart-the_cache.md').title).toBe(
      'Restart the cache',
    );
  });

  it('what a step should show is kept with the step', () => {
    const [pools] = stepsOf(fixture('operator-sop').procedures[0]).slice(4);
    expect(pools.expectation?.checks).toEqual([
      { kind: 'contains', text: 'pool health: OK' },
    ]);
  });

  it('a heading below an unclosed fence is one, and no text of the block', () => {
    const { blocks, procedures } = fixture('broken');
    expect(blocks.map(({ text }) => text)).toEqual(['systemctl restart relay']);
    expect(procedures.map(({ title }) => title)).toEqual(['Restart']);
  });

  it('an unclosed fence is an error at its first line, and a link to nowhere a note', () => {
    expect(fixture('broken').problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: 'unclosed-fence',
          severity: 'error',
          line: 7,
        }),
        expect.objectContaining({
          code: 'dangling-anchor',
          severity: 'note',
          line: 3,
        }),
      ]),
    );
  });
});

function fixture(name: string): Runbook {
  return readRunbook(
    readFileSync(resolve(folder, `${name}.md`), 'utf8'),
    `${name}.md`,
  );
}

function stepsOf(procedure: Procedure) {
  return procedure.phases.flatMap(({ steps }) => steps);
}

function inShort(procedure: Procedure): string {
  const phases = procedure.phases.map(
    ({ role, steps }) => `${role}: ${steps.map(({ type }) => type).join(' ')}`,
  );
  return [`${procedure.kind} ${procedure.title}`, ...phases].join(' | ');
}

describe('lines', () => {
  const documents = readdirSync(folder).map(name => ({
    name,
    text: readFileSync(resolve(folder, name), 'utf8'),
  }));

  it.each(documents)(
    'every command of $name stands on the line that is told',
    ({ name, text }) => {
      const lines = text.split('\n');
      const steps = readRunbook(text, name).procedures.flatMap(stepsOf);
      const missed = steps.flatMap(step =>
        step.commands
          .filter(command => {
            const line = lines[step.line + command.line - 2] ?? '';
            return !line.includes(command.text.split('\n')[0].trim());
          })
          .map(command => `${step.line}: ${command.text}`),
      );
      expect(missed).toEqual([]);
    },
  );

  it.each(documents)(
    'every block of $name begins at its fence or its first line',
    ({ name, text }) => {
      const lines = text.split('\n');
      for (const block of readRunbook(text, name).blocks) {
        const line = lines[block.line - 1];
        expect(
          /`{3}|~{3}/.test(line) || line.includes(block.text.split('\n')[0]),
        ).toBe(true);
      }
    },
  );
});

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isScriptReason } from '../../shell/scriptReason';
import { INVENTORY } from '../testUtils/inventory';
import { judgeStep, type JudgedStep } from './judgeStep';

const EXAMPLES = path.resolve(__dirname, '../../../../../examples');

interface ScriptCase {
  system: string;
  text: string;
  namespace: string;
  effect: JudgedStep['effect'];
  writes: string;
}

/** What a person says who has read the script. */
const CASES: ScriptCase[] = [
  ...[
    ['./scripts/backup-database.sh prod', 'exec pg_dump'],
    ['./scripts/check-error-budget.sh', 'none'],
    ['./scripts/check-error-rate.sh prod 1h', 'none'],
    ['./scripts/daily-operations.sh', 'none'],
    ['./scripts/monitor-deployment.sh prod 300', 'none'],
    ['./scripts/production-readiness-check.sh', 'exec pg_isready'],
    ['./scripts/security-audit.sh', 'none'],
    ['./scripts/smoke-tests.sh prod', 'exec curl'],
    ['./scripts/verify-deployment.sh prod v1.2.3', 'none'],
    ['./scripts/weekly-maintenance.sh', 'none'],
  ].map(([text, writes]) =>
    inCase('cicd-platform', 'prod', text, 'read', writes),
  ),
  inCase(
    'cicd-platform',
    'prod',
    './scripts/rollback-deployment.sh prod myapp-backend',
    'change',
    'patch deployments/myapp-backend',
  ),
  ...[
    ['./scripts/backup-database.sh fintech-services backups', 'exec pg_dump'],
    ['./scripts/daily-check.sh fintech-services', 'none'],
    ['./scripts/first-failure.sh fintech-services', 'none'],
  ].map(([text, writes]) =>
    inCase('fintech-services', 'fintech-services', text, 'read', writes),
  ),
  inCase(
    'fintech-services',
    'fintech-services',
    './scripts/reset-breakers.sh fintech-services',
    'change',
    'exec curl',
  ),
  ...[
    './scripts/blue-green-deploy.sh streamgate/api:v1 300',
    './scripts/blue-green-rollback.sh',
    './scripts/canary-deploy.sh streamgate/edge:v1 120 20',
  ].map(text =>
    inCase(
      'streamgate',
      'streamgate',
      text,
      'destructive',
      'any in streamgate',
    ),
  ),
  inCase(
    'streamgate',
    'streamgate',
    './scripts/check-error-rate.sh streamgate-edge stable 10m 1',
    'read',
    'none',
  ),
];

describe('the scripts of the examples', () => {
  it.each(CASES)(
    '$system: "$text" is $effect, reads no Secret and writes: $writes',
    ({ system, text, namespace, effect, writes }) => {
      const judged = judgeAt(system, text, namespace);
      expect({
        effect: judged.effect,
        secrets: judged.secrets.kind,
        writes: writesInWords(judged),
        impossible: judged.impossible,
      }).toEqual({ effect, secrets: 'none', writes, impossible: undefined });
    },
  );

  it('says of the worst in a script that it is the worst, and what else it changes', () => {
    const { because } = judgeAt(
      'streamgate',
      './scripts/blue-green-deploy.sh streamgate/api:v1 300',
      'streamgate',
    );
    expect(because).toMatch(
      /^runs \.\/scripts\/blue-green-deploy\.sh: at worst, scales deployment\/streamgate-.* to 0 replicas: all pods stop; it also .*; .*/,
    );
    expect(isScriptReason(because)).toBe(true);
    expect(
      judgeAt('streamgate', 'kubectl delete pod web', 'streamgate').because,
    ).not.toContain('at worst');
  });

  it.each([
    './scripts/blue-green-deploy.sh streamgate/api:v1 300',
    './scripts/blue-green-rollback.sh',
  ])(
    'lets no command run in a pod, and holds nothing that cannot be told: %s',
    text => {
      const { writes, because } = judgeAt('streamgate', text, 'streamgate');
      expect(writes).toMatchObject({ kind: 'any-in-namespaces' });
      expect(writes).not.toMatchObject({ executes: 'any' });
      expect(because).not.toMatch(/evaluates|may stand in it|and \d+ more/);
    },
  );

  it('are all in the table', () => {
    const written = [...new Set(CASES.map(({ system }) => system))].flatMap(
      system =>
        readdirSync(path.join(EXAMPLES, system, 'scripts')).map(
          name => `${system} ${name}`,
        ),
    );
    const told = CASES.map(
      ({ system, text }) => `${system} ${/[\w-]+\.sh/.exec(text)![0]}`,
    );
    expect(told.sort()).toEqual(written.sort());
  });

  it.each(CASES)(
    '$system: "$text" never becomes less careful by a command that destroys, wherever that stands in it',
    ({ system, text, namespace }) => {
      const file = /scripts\/[\w-]+\.sh/.exec(text)![0];
      const lines = textAt(system, file)!.split('\n');
      const places = lines.flatMap((_, index) =>
        isBetweenCommands(lines, index) ? index : [],
      );
      expect(places.length).toBeGreaterThan(2);
      for (const at of places) {
        const changed = [
          ...lines.slice(0, at),
          'kubectl delete deployment web',
          ...lines.slice(at),
        ].join('\n');
        const judged = judgeAt(system, text, namespace, { [file]: changed });
        expect([at, judged.effect]).toEqual([at, 'destructive']);
      }
    },
  );
});

/** Before a line that begins a command of its own, at the outermost level. */
function isBetweenCommands(lines: readonly string[], index: number): boolean {
  const before = lines[index - 1] ?? '';
  return (
    index > 2 &&
    /^(?:[a-z_]+=|echo\b|if |for |while |kubectl )/.test(lines[index]) &&
    !/(?:\\|\||&&)$/.test(before)
  );
}

function inCase(
  system: string,
  namespace: string,
  text: string,
  effect: JudgedStep['effect'],
  writes: string,
): ScriptCase {
  return { system, text, namespace, effect, writes };
}

function judgeAt(
  system: string,
  text: string,
  namespace: string,
  changed: Readonly<Record<string, string>> = {},
): JudgedStep {
  return judgeStep({
    text,
    environment: {},
    waiting: [],
    hidden: [],
    fileText: file => changed[file] ?? textAt(system, file),
    inventory: INVENTORY,
    observeOnly: false,
    scope: {
      source: { kind: 'configuration', rule: system },
      namespaces: [namespace],
      reads: 'cluster',
      grants: [],
    },
    namespace,
    folders: [''],
  });
}

function writesInWords({ writes }: JudgedStep): string {
  switch (writes.kind) {
    case 'none':
      return 'none';
    case 'any-in-namespaces':
      return `any in ${writes.namespaces.join(', ')}`;
    default:
      return [
        ...new Set(
          writes.writes.map(one =>
            one.subresource === 'exec'
              ? ['exec', ...(one.command ?? []).slice(0, 1)].join(' ')
              : `${one.verb} ${one.resource}/${one.name}`,
          ),
        ),
      ].join(', ');
  }
}

function textAt(system: string, file: string): string | undefined {
  const whole = path.join(EXAMPLES, system, file);
  return existsSync(whole) && statSync(whole).isFile()
    ? readFileSync(whole, 'utf8')
    : undefined;
}

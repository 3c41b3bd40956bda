import type { ProcedureKind } from '../document/model';
import type { HealthSignal } from '../health/model';
import { matchProcedures, type MatchableRunbook } from './matchProcedures';

function signal(code: string): HealthSignal {
  return {
    code,
    message: code,
    object: { kind: 'Pod', namespace: 'shop', name: 'web-1' },
  };
}

function runbook(
  id: string,
  procedures: Array<[title: string, kind: ProcedureKind, symptoms?: string[]]>,
  alerts: MatchableRunbook['alerts'] = [],
): MatchableRunbook {
  return {
    id,
    title: id,
    alerts,
    procedures: procedures.map(([title, kind, symptoms = []]) => ({
      id: title,
      title,
      kind,
      context: [],
      symptoms,
    })),
  };
}

/** Titles and symptoms as teams write them. */
const streaming = runbook('streaming', [
  ['Blue-Green Deployment Runbook', 'deploy'],
  ['Canary Deployment Runbook', 'deploy'],
  ['Autoscaling Runbook', 'scale'],
  ['Type 1: Pod Crash', 'incident', ['Pods restarting, error rate high']],
  ['Type 2: High Error Rate', 'incident', ['Error rate > 1%, alerts firing']],
  ['Type 3: High Latency', 'incident', ['Latency > 500ms, P95 > 1s']],
  [
    'Type 4: Deployment Failure',
    'incident',
    ['Deployment stuck, pods not starting'],
  ],
  ['Daily Checks', 'routine'],
  ['Problem: Pods Not Starting', 'troubleshoot'],
  ['Problem: Scaling Not Working', 'troubleshoot'],
]);
const operations = runbook('operations', [
  ['Initial Deployment', 'deploy'],
  ['Scale Up (Increase Replicas)', 'scale'],
  ['Scale Down (Decrease Replicas)', 'scale'],
  [
    'Pod Not Starting',
    'troubleshoot',
    ['Pod stuck in Pending, ContainerCreating, or CrashLoopBackOff'],
  ],
  [
    'Service Not Accessible',
    'troubleshoot',
    ['Cannot access application via service URL'],
  ],
  [
    'High Resource Usage',
    'troubleshoot',
    ['Pods using excessive CPU or memory'],
  ],
  [
    'Complete Service Outage',
    'incident',
    ['All pods down, cluster unresponsive'],
  ],
  ['Rollback Procedure', 'rollback'],
]);
const services = runbook('services', [
  [
    'Incident: Service Not Responding',
    'incident',
    ['Health check endpoint returns 503', 'Users reporting timeouts'],
  ],
  ['Incident: Database Connection Issues', 'incident'],
  [
    'Incident: Memory Leak',
    'incident',
    ['Memory usage steadily increasing', 'Alert: "HighMemoryUsage"'],
  ],
  ['Horizontal Scaling', 'scale'],
  ['Vertical Scaling', 'scale'],
]);
const production = runbook(
  'production',
  [
    ['Weekly Tasks', 'routine'],
    ['Rollback Procedure', 'rollback'],
    ['P0: Complete Outage Response', 'incident'],
    ['Incident: Pods Crash Looping', 'incident'],
    ['Incident: High Memory Usage', 'incident'],
    [
      'Pods Not Starting',
      'troubleshoot',
      ['Pods stuck in Pending or ContainerCreating state'],
    ],
    [
      'Service Unavailable',
      'troubleshoot',
      ['503 errors, service unreachable'],
    ],
    ['Certificate Renewal', 'maintenance'],
  ],
  [
    {
      alert: 'PodCrashLooping',
      action: 'Check logs, investigate restart cause',
      line: 98,
    },
  ],
);

const books = { operations, production, services, streaming };

describe('finding the procedure for what is broken', () => {
  it('follows an alert that names the procedure as what to do', () => {
    const book = runbook(
      'queue',
      [
        ['Consumers of one tenant', 'incident'],
        ['Fresh start', 'incident'],
      ],
      [
        {
          alert: 'WorkerCrashLooping',
          action: 'Do a Fresh Start, then look at the log',
          line: 9,
        },
      ],
    );
    expect(matchProcedures([signal('CrashLoopBackOff')], [book])).toMatchObject(
      [
        {
          procedureId: 'Fresh start',
          because: expect.stringContaining("the alert 'WorkerCrashLooping'"),
        },
      ],
    );
  });

  // prettier-ignore
  it.each<[code: string, book: keyof typeof books, first: string]>([
    ['CrashLoopBackOff', 'streaming', 'Type 1: Pod Crash'],
    ['CrashLoopBackOff', 'operations', 'Pod Not Starting'],
    ['CrashLoopBackOff', 'production', 'Incident: Pods Crash Looping'],
    ['RecentRestarts', 'streaming', 'Type 1: Pod Crash'],
    ['RecentRestarts', 'production', 'Incident: Pods Crash Looping'],
    ['ImagePullBackOff', 'streaming', 'Problem: Pods Not Starting'],
    ['ImagePullBackOff', 'operations', 'Pod Not Starting'],
    ['ImagePullBackOff', 'production', 'Pods Not Starting'],
    ['OOMKilled', 'services', 'Incident: Memory Leak'],
    ['OOMKilled', 'production', 'Incident: High Memory Usage'],
    ['OOMKilled', 'operations', 'High Resource Usage'],
    ['FailedScheduling', 'operations', 'Pod Not Starting'],
    ['FailedScheduling', 'production', 'Pods Not Starting'],
    ['StalledRollout', 'streaming', 'Type 4: Deployment Failure'],
    ['StalledRollout', 'operations', 'Rollback Procedure'],
    ['StalledRollout', 'production', 'Rollback Procedure'],
    ['NoEndpoints', 'operations', 'Service Not Accessible'],
    ['NoEndpoints', 'services', 'Incident: Service Not Responding'],
    ['NoEndpoints', 'production', 'Service Unavailable'],
    ['HpaAtLimit', 'streaming', 'Autoscaling Runbook'],
    ['HpaAtLimit', 'operations', 'Scale Up (Increase Replicas)'],
    ['HpaAtLimit', 'services', 'Horizontal Scaling'],
    ['HpaCannotScale', 'streaming', 'Problem: Scaling Not Working'],
    ['ReadinessFailing', 'services', 'Incident: Service Not Responding'],
    ['CrashLoopBackOff', 'services', 'Incident: Service Not Responding'],
    ['ScaledToZero', 'operations', 'Scale Up (Increase Replicas)'],
  ])('for %s in %s it is: %s', (code, book, first) => {
    const [best] = matchProcedures([signal(code)], [books[book]]);
    expect(best?.procedureId).toBe(first);
  });

  it('says why, in words that name the object and the text', () => {
    const [byTitle] = matchProcedures(
      [signal('CrashLoopBackOff')],
      [streaming],
    );
    expect(byTitle.because).toBe(
      "CrashLoopBackOff of Pod web-1 fits the title 'Type 1: Pod Crash'",
    );
    const [bySymptom] = matchProcedures(
      [signal('FailedScheduling')],
      [production],
    );
    expect(bySymptom.because).toBe(
      "FailedScheduling of Pod web-1 fits the symptom 'Pods stuck in Pending or ContainerCreating state'",
    );
  });

  it('follows an alert table to the procedure that has the alert in its title', () => {
    const book = runbook(
      'alerts',
      [
        ['Handling QueueStalled', 'incident'],
        ['Something else', 'incident'],
      ],
      [
        {
          alert: 'QueueStalled',
          condition: 'The pods are in a crash loop',
          line: 3,
        },
      ],
    );
    expect(matchProcedures([signal('CrashLoopBackOff')], [book])).toEqual([
      expect.objectContaining({
        procedureId: 'Handling QueueStalled',
        because: "CrashLoopBackOff of Pod web-1 fits the alert 'QueueStalled'",
      }),
    ]);
  });

  it('offers three at most, best first, over all runbooks', () => {
    const matches = matchProcedures(
      [signal('CrashLoopBackOff'), signal('RecentRestarts')],
      [streaming, operations, production],
    );
    expect(matches).toHaveLength(3);
    expect(matches.map(({ score }) => score)).toEqual(
      matches.map(({ score }) => score).sort((a, b) => b - a),
    );
    expect(matches.map(({ procedureId }) => procedureId)).toEqual(
      expect.arrayContaining([
        'Type 1: Pod Crash',
        'Incident: Pods Crash Looping',
      ]),
    );
  });

  it.each(['VolumeLost', 'JobFailed', 'SomethingNew', 'constructor'])(
    'offers nothing where nothing fits: %s',
    code => {
      expect(matchProcedures([signal(code)], [streaming, operations])).toEqual(
        [],
      );
    },
  );

  it('never offers to scale down where more is needed', () => {
    const matches = matchProcedures(
      [signal('HpaAtLimit'), signal('ScaledToZero')],
      [operations],
    );
    expect(matches.map(({ procedureId }) => procedureId)).not.toContain(
      'Scale Down (Decrease Replicas)',
    );
  });

  it('does not take what an alert asks to do for what is wrong', () => {
    const book = runbook(
      'alerts',
      [['High Memory Usage', 'incident']],
      [{ alert: 'HighMemoryUsage', action: 'Scale up', line: 3 }],
    );
    expect(matchProcedures([signal('HpaAtLimit')], [book])).toEqual([]);
  });

  it('never offers a deployment or a weekly task for a crash', () => {
    const kinds = matchProcedures(
      [signal('CrashLoopBackOff')],
      [streaming, production],
    );
    expect(kinds.map(({ procedureId }) => procedureId)).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(Weekly|Blue-Green|Canary)/),
      ]),
    );
  });

  it('offers nothing while nothing is wrong', () => {
    expect(matchProcedures([], [streaming, operations, production])).toEqual(
      [],
    );
  });
});

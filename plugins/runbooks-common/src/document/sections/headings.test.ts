import { readCondition } from '../steps/conditions';
import { readHeadingTitle } from './headingTitle';
import { namesAction } from './imperative';
import { roleOf } from './phaseRoles';
import { kindOf, namesFault } from './procedureKinds';
import { classOfSection } from './sectionClass';

describe('reading a heading', () => {
  it.each([
    ['🚀 Deploy', 'Deploy', undefined],
    ['Step 2: Drain the node', 'Drain the node', 'step'],
    ['Step 3 – Upgrade', 'Upgrade', 'step'],
    ['0) Identify the workload', 'Identify the workload', ''],
    ['2.1 Check replication', 'Check replication', ''],
    ['Type 1: Pod Crash', 'Pod Crash', 'type'],
    ['Option B: all at once', 'all at once', 'option'],
    ['Incident: High Error Rate', 'High Error Rate', undefined],
    ['Canary Deployment Runbook', 'Canary Deployment', undefined],
    [
      'Runbook — Rollout procedure (OBSERVE-only)',
      'Rollout procedure',
      undefined,
    ],
    ['404 errors everywhere', '404 errors everywhere', undefined],
    ['Restart {#restart}', 'Restart', undefined],
    ['SEV-1: Site is down', 'SEV-1: Site is down', undefined],
    ['Operational Runbooks', 'Operational Runbooks', undefined],
  ])('%s is "%s"', (written, title, ordinalWord) => {
    const read = readHeadingTitle(written);
    expect([read.title, read.ordinalWord]).toEqual([title, ordinalWord]);
  });
});

describe('the role that a heading names', () => {
  it.each([
    ['Prerequisites Checklist', 'prerequisites'],
    ['Prereqs', 'prerequisites'],
    ['Before you begin', 'prerequisites'],
    ['Pre-Deployment Checklist', 'prerequisites'],
    ['Symptoms', 'symptoms'],
    ['Investigation (5-15 minutes)', 'investigation'],
    ['Possible checks', 'investigation'],
    ['Diagnosis', 'investigation'],
    ['Resolution - Isolation', 'steps'],
    ['Deployment Steps', 'steps'],
    ['Immediate Actions (0-5 minutes)', 'steps'],
    ['Common Causes and Solutions', 'steps'],
    ['Post-Deployment Verification', 'verification'],
    ['How to verify it worked', 'verification'],
    ['Rollback if needed', 'rollback'],
    ['Rollback on Failure', 'rollback'],
    ['Automatic Rollback', 'rollback'],
    ['If something goes wrong', 'rollback'],
    ['Escalation', 'escalation'],
    ['Action if Failed', 'escalation'],
    ['Done criteria', 'success'],
    ['What “good” looks like', 'expectation'],
    ['Expected Results', 'expectation'],
    ['Clean up', 'followup'],
    ['Common Causes', 'information'],
    ['Impact', 'information'],
    ['Rollback of the payment service', undefined],
    ['Database Connection Issues', undefined],
    ['Daily Checks', undefined],
    ['Log Investigation', undefined],
  ])('%s: %s', (heading, role) => {
    expect(roleOf(heading)).toBe(role);
  });
});

describe('sections that nobody runs', () => {
  it.each([
    ['Table of Contents', 'hidden'],
    ['Document Control', 'hidden'],
    ['Escalation Path', 'hidden'],
    ['On-Call Rotation', 'hidden'],
    ['Emergency Contacts', 'hidden'],
    ['Additional Resources', 'hidden'],
    ['Severity Levels', 'facts'],
    ['Key Dashboards', 'facts'],
    ['Alert Thresholds', 'facts'],
    ['On-call handover', undefined],
    ['Contact the provider', undefined],
  ])('%s: %s', (heading, sectionClass) => {
    expect(classOfSection(heading)).toBe(sectionClass);
  });
});

describe('the kind of a procedure', () => {
  const nothing = {
    hasSymptoms: false,
    hasDiagnosis: false,
    changes: false,
    observeOnly: false,
  };
  it.each([
    ['Canary Deployment', [], 'deploy'],
    ['Deployment Failure', ['Incident Response'], 'incident'],
    ['Scaling Not Working', ['Troubleshooting'], 'troubleshoot'],
    ['High Error Rate', ['Common Incidents'], 'incident'],
    ['High Error Rate', ['Troubleshooting'], 'troubleshoot'],
    ['Scale Down (Decrease Replicas)', ['Scaling Operations'], 'scale'],
    ['Application Update', ['Deployment Procedures'], 'deploy'],
    ['Kubernetes Cluster Update', ['Maintenance Procedures'], 'maintenance'],
    ['Data Loss Prevention', ['Emergency Procedures'], 'maintenance'],
    ['Drain Node for Maintenance', ['Emergency Procedures'], 'maintenance'],
    ['Weekly Checks', ['Monitoring'], 'routine'],
    ['Checking Error Budget', ['Monitoring & Alerting'], 'check'],
    ['Export Metrics', ['Monitoring & Observability'], 'check'],
    ['Essential Commands', ['Quick Reference'], 'reference'],
    ['Service Restore', ['Backup & Recovery'], 'recovery'],
    ['One-Time Setup Procedure', ['Initial Setup'], 'setup'],
    ['Day 1', ['Onboarding'], 'onboarding'],
    ['Day 4: go on call with somebody', ['Onboarding'], 'onboarding'],
    ['On call with somebody', [], 'routine'],
    ['Day 4: go on call with somebody', [], 'routine'],
    ['P0: Complete Outage Response', [], 'incident'],
    ['KubePodCrashLooping', [], 'incident'],
    ['Full restore from last night', [], 'recovery'],
    ['Disk 90% full', ['Troubleshooting'], 'troubleshoot'],
    ['Outbox overflow', ['Incidents'], 'incident'],
    ['High availability check', [], 'check'],
    ['Report queue overflow', [], 'troubleshoot'],
    ['Audit of the queues', [], 'maintenance'],
    ['Using the admin shell', [], 'reference'],
    ['Clean start', [], 'setup'],
    ['Backup verification', [], 'check'],
    ['Vérification du déploiement', [], 'check'],
    ['Pre-incident readiness', [], 'check'],
    ['When paged', [], 'incident'],
    ['Restart the writers', ['Quick commands'], 'maintenance'],
    ['Letters don’t arrive', [], 'troubleshoot'],
    ['Release hangs', ['Troubleshooting'], 'troubleshoot'],
    ['The token is older than its key', ['Troubleshooting'], 'troubleshoot'],
    ['Full rollback', [], 'rollback'],
    ['On-call checklist', [], 'routine'],
    ['Rückabwicklung einer Auslieferung', [], 'rollback'],
    ['Wöchentliche Prüfung', [], 'routine'],
    ['Restaurar la copia de anoche', [], 'recovery'],
    ['Publicação da versão', [], 'deploy'],
    ['Réponse à un incident', [], 'incident'],
    ['Mise à l’échelle du service', [], 'scale'],
    ['缓存服务重启', [], 'maintenance'],
    ['订单回滚', [], 'rollback'],
    ['数据丢失', ['应急预案'], 'incident'],
    ['ワーカーの再起動', [], 'maintenance'],
    ['データベースの復旧', [], 'recovery'],
    ['웹 서버 배포', [], 'deploy'],
    ['웹 서버', ['롤백'], 'rollback'],
    ['Khôi phục dữ liệu', [], 'recovery'],
    ['Откат версии', [], 'rollback'],
  ] as const)('%s below %j is %s', (title, context, kind) => {
    expect(kindOf(title, context, 'Runbook', nothing)).toBe(kind);
  });

  it('in a document about one kind of work common verbs do not name another', () => {
    expect(kindOf('Update the record', [], 'Disaster recovery', nothing)).toBe(
      'recovery',
    );
    expect(kindOf('Quick checklist', [], 'Incident response', nothing)).toBe(
      'incident',
    );
    expect(
      kindOf('API', ['Restart the services'], 'Rollback guide', nothing),
    ).toBe('maintenance');
    expect(kindOf('Update the record', [], 'Runbook', nothing)).toBe(
      'maintenance',
    );
  });

  it('a loss in a document about recovery is recovered, in any language', () => {
    expect(
      kindOf('Pérdida de un nodo', [], 'Restauración ante desastres', nothing),
    ).toBe('recovery');
  });

  it('a procedure that only observes is a check, even of a rollout', () => {
    expect(
      kindOf('Rollout procedure', [], 'Rollout procedure', {
        ...nothing,
        observeOnly: true,
      }),
    ).toBe('check');
  });

  it.each([
    ['Restart failed pods', true, false],
    ['Pods Crash Looping', false, true],
    ['Restoring from a backup', true, false],
    ['Backup verification', true, false],
  ])('%s names an action: %s, a fault: %s', (title, action, fault) => {
    expect([namesAction(title), namesFault(title)]).toEqual([action, fault]);
  });
});

describe('the condition of a step', () => {
  it.each([
    ['If code issue, rollback', 'Rollback', 'If code issue'],
    ['Restart pods if needed', 'Restart pods', 'If needed'],
    [
      'Check auto-scaling (if metrics-server available)',
      'Check auto-scaling',
      'If metrics-server available',
    ],
    ['If database issue', 'If database issue', 'If database issue'],
    ['Check if pods are ready', 'Check if pods are ready', undefined],
    ['Optional: warm the cache', 'Warm the cache', 'Optional'],
    ['Drain the node', 'Drain the node', undefined],
  ])('%s', (written, title, condition) => {
    expect(readCondition(written)).toEqual(
      condition === undefined ? { title } : { title, condition },
    );
  });
});

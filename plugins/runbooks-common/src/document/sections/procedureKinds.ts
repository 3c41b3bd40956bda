import type { ProcedureKind } from '../model';
import { namesAction } from './imperative';

interface KindRule {
  kind: ProcedureKind;
  words: RegExp;
  /** Words so common that a heading above knows better: "Update", "Commands". */
  weak?: true;
}

/** Titles that name a fault; whether that is an incident or troubleshooting is told by what stands above. */
const FAULT =
  /\b(?:not (?:\w+ ?)+|no (?:endpoints|space|data|leader|response)|un(?:available|reachable|responsive|healthy|schedulable)|in(?:accessible|valid)|fail(?:s|ed|ing|ures?)?|crash\w*|crashloop\w*|down|outages?|leaks?|errors?|exceptions?|issues?|problems?|stuck|slow\w*|high|low|excessive|missing|lost|loss|timeouts?|timing out|exhaust\w*|full|pressure|throttl\w*|deadlocks?|lag|latency|oom\w*|evicted|pending|restarting|saturat\w*|degraded|degradation|expired|refused|denied|corrupt\w*|unexpected|incident|breach|attack|spikes?|backlog|overload\w*|5xx|50[0-9]|cascading|split[- ]brain|mismatch|drift|can(?:no|')t|cannot|broken|disconnected|flapping|imagepullbackoff|crashloopbackoff)\b/i;

/** A title that is an alert's name: "KubePodCrashLooping", "etcdMembersDown". */
const ALERT_NAME =
  /^[A-Za-z]+(?:[A-Z][a-z0-9]+){2,}$|^[a-z]+(?:[A-Z][a-z]+){2,}$/;

/** What a title says by itself; the first rule that matches decides. */
const TITLE_RULES: KindRule[] = [
  {
    kind: 'onboarding',
    words:
      /\b(?:on-?boarding|new (?:hire|joiner|engineer|starter|team member)s?|first (?:day|week)|getting started)\b/i,
  },
  {
    kind: 'incident',
    words:
      /^(?:p|sev|s)-?\d\b|\b(?:incident response|complete outage|major incident)\b/i,
  },
  {
    kind: 'maintenance',
    words: /\b(?:prevention|rotat(?:e|ion|ing)|renew(?:al|ing)?)\b/i,
  },
  {
    kind: 'routine',
    words:
      /\b(?:daily|weekly|monthly|quarterly|yearly|annual|nightly|hourly|every (?:day|week|month)|shift (?:start|handover|handoff)|hand-?(?:over|off)|morning|evening|routine|recurring)\b/i,
  },
  {
    kind: 'rollback',
    words: /\b(?:roll(?:ing)?[- ]?back|back[- ]?out|revert(?:ing)?|undo)\b/i,
  },
  {
    kind: 'recovery',
    words:
      /\b(?:restor(?:e|es|ing|ation)|recover(?:y|ing)?|disaster|fail-?over|failback|dr (?:drill|plan|test)|rebuild(?:ing)?|bring(?:ing)? back|resurrect|point-in-time)\b/i,
  },
  {
    kind: 'maintenance',
    words:
      /\b(?:maintenance|drain(?:ing)?|cordon|backups?|back up|patch(?:ing)?|clean-?up|cleaning|purg(?:e|ing)|vacuum|reindex|prun(?:e|ing)|archiv(?:e|ing)|decommission(?:ing)?|tun(?:e|ing)|optimi[sz](?:e|ation|ing)|upgrad(?:e|es|ing)|housekeeping|compact(?:ion)?|defrag\w*|certificates? (?:management|update|replacement))\b/i,
  },
  {
    kind: 'scale',
    words:
      /\b(?:auto-?scal(?:e|er|ing)|scal(?:e|ing)|scale-?(?:up|down|out|in)|capacity (?:increase|change)|resiz(?:e|ing)|hpa|right-?sizing)\b/i,
  },
  // "Restart a deployment" and "Check the release" are not deployments.
  {
    kind: 'maintenance',
    weak: true,
    words:
      /^(?:restart|reboot|delet|remov|recreat|edit|patch|label|annotat|paus|resum)(?:e|ing)?\b/i,
  },
  {
    kind: 'check',
    words: /^(?:check|verify|monitor|inspect|list|describ|view)(?:e|ing)?\b/i,
  },
  {
    kind: 'deploy',
    words:
      /\b(?:deploy(?:s|ing|ments?)?|releas(?:e|es|ing)|roll-?out|rolling out|hotfix(?:es)?|canary|blue[-/ ]?green|ship(?:ping)?|promot(?:e|ion|ing) (?:the |a )?(?:release|build|image|canary|version|candidate|to \w+)|publish(?:ing)?|cut-?over)\b/i,
  },
  {
    kind: 'setup',
    words:
      /\b(?:set-?up|setting up|install(?:ing|ation)?|bootstrap(?:ping)?|provision(?:ing)?|initiali[sz](?:e|ation|ing)|one-time|first[- ]time|creat(?:e|ing) (?:a |an |the )?(?:new )?(?:cluster|environment|namespace|account|user|tenant|database)|configur(?:e|ing) (?:kubectl|access|vpn|local))\b/i,
  },
  { kind: 'routine', words: /\baudit\b/i },
  {
    kind: 'check',
    words:
      /\b(?:health[- ]?checks?|check(?:s|ing|list)?|monitor(?:ing)?|verif(?:y|ying|ication)|validat(?:e|ing|ion)|inspect(?:ing|ion)?|status|review(?:ing)?|readiness|smoke tests?|observ(?:e|ing)|audit(?:ing)?)\b/i,
  },
  {
    kind: 'reference',
    weak: true,
    words:
      /\b(?:essential commands|useful commands|common commands|command (?:reference|list)|commands|cheat ?sheet|reference|quick reference|one-?liners|snippets|examples|tips)\b/i,
  },
  {
    kind: 'troubleshoot',
    words:
      /\b(?:troubleshoot(?:ing)?|debug(?:ging)?|diagnos(?:e|is|ing|tics)|investigat(?:e|ion|ing)|log analysis|root cause)\b/i,
  },
  {
    kind: 'maintenance',
    weak: true,
    words:
      /\b(?:updat(?:e|es|ing)|config(?:uration|map|maps|ure|uring)?|secrets?|migrat(?:e|ion|ing)|chang(?:e|es|ing)|enabl(?:e|ing)|disabl(?:e|ing)|restart(?:ing|s)?|reset(?:ting)?|add(?:ing)?|remov(?:e|ing|al)|delet(?:e|ing|ion)|replac(?:e|ing|ement)|mov(?:e|ing)|renam(?:e|ing)|resync|sync|flush(?:ing)?|stop(?:ping)?|start(?:ing)?|creat(?:e|ing|ion)|reboot(?:ing)?|manag(?:e|ing|ement)|grant(?:ing)?|revok(?:e|ing)|rebalanc(?:e|ing)|reassign\w*)\b/i,
  },
];

/** What a heading above says about everything below it. */
const CONTEXT_RULES: KindRule[] = [
  { kind: 'onboarding', words: /\bon-?boarding\b|\bgetting started\b/i },
  {
    kind: 'incident',
    words:
      /\bincidents?\b|\boutages?\b|\bemergenc(?:y|ies)\b|\balerts?\b(?!ing)|\bdisaster response\b|\bmajor\b/i,
  },
  {
    kind: 'troubleshoot',
    words:
      /\btroubleshoot(?:ing)?\b|\b(?:common|known) (?:issues|problems|errors|failures)\b|\bdebug(?:ging)?\b|\bdiagnos\w+\b|\bfaq\b|\bissues\b|\bproblems\b/i,
  },
  { kind: 'rollback', words: /\broll ?backs?\b/i },
  {
    kind: 'recovery',
    words: /\brecovery\b|\bdisaster\b|\brestore\b|\bbackup (?:and|&) \w+/i,
  },
  {
    kind: 'maintenance',
    words:
      /\bmaintenance\b|\btuning\b|\boptimi[sz]ation\b|\bbackups?\b|\bconfiguration\b|\bhousekeeping\b|\bupgrades?\b|\badministration\b/i,
  },
  { kind: 'scale', words: /\bscaling\b|\bcapacity\b/i },
  {
    kind: 'deploy',
    words: /\bdeploy(?:ments?|ing)?\b|\breleas(?:es?|ing)\b|\brollouts?\b/i,
  },
  {
    kind: 'setup',
    words: /\bset-?up\b|\binstall(?:ation)?\b|\bprovisioning\b|\bbootstrap\b/i,
  },
  {
    kind: 'routine',
    words:
      /\b(?:daily|weekly|monthly|routine|regular|recurring|day-to-day|periodic)\b/i,
  },
  {
    kind: 'check',
    words:
      /\bmonitoring\b|\bobservability\b|\bhealth\b|\bchecks?\b|\bverification\b/i,
  },
  {
    kind: 'reference',
    words: /\breference\b|\bcheat ?sheet\b|\buseful commands\b|\bcommands\b/i,
  },
];

/** What a procedure holds, where its title says nothing. */
export interface KindEvidence {
  hasSymptoms: boolean;
  hasDiagnosis: boolean;
  changes: boolean;
  observeOnly: boolean;
  /** It says when it is done: "every Friday". */
  isScheduled?: boolean;
  prefix?: string;
}

/**
 * The kind of a procedure: by its title, by the nearest heading above that says one, by the document's title, and
 * at last by what it holds.
 */
export function kindOf(
  title: string,
  context: readonly string[],
  documentTitle: string,
  evidence: KindEvidence,
): ProcedureKind {
  const above = [...context].reverse();
  const around = firstKind(CONTEXT_RULES, above);
  const prefixKind = kindOfPrefix(evidence.prefix);
  const named = TITLE_RULES.find(({ words }) => words.test(title));
  if (evidence.observeOnly && (!named || named.kind === 'deploy')) {
    return 'check';
  }
  if (named?.kind === 'incident') return named.kind;
  if (namesFault(title)) {
    return faultKind(title, prefixKind, around, documentTitle, evidence);
  }
  if (named && !named.weak) return named.kind;
  if (evidence.hasSymptoms) {
    return faultKind(title, prefixKind, around, documentTitle, evidence);
  }
  return (
    prefixKind ??
    around ??
    named?.kind ??
    (evidence.isScheduled ? 'routine' : undefined) ??
    firstKind(CONTEXT_RULES, [documentTitle]) ??
    firstKind(TITLE_RULES, [...above, documentTitle]) ??
    byEvidence(evidence)
  );
}

/** True where a title names what is wrong and not what to do: "High error rate", "KubePodCrashLooping". */
export function namesFault(title: string): boolean {
  if (ALERT_NAME.test(title)) return true;
  if (/\b(?:prevention|protection|handling)\b/i.test(title)) return false;
  if (namesAction(title) && !/\bnot \w+|\bfail(?:s|ing|ures?)\b/i.test(title)) {
    return false;
  }
  return FAULT.test(title);
}

function faultKind(
  title: string,
  prefixKind: ProcedureKind | undefined,
  around: ProcedureKind | undefined,
  documentTitle: string,
  evidence: KindEvidence,
): ProcedureKind {
  if (around === 'incident' || around === 'troubleshoot') return around;
  if (prefixKind) return prefixKind;
  if (/\bemergency\b|\boutage\b/i.test(title)) return 'incident';
  const ofDocument = firstKind(CONTEXT_RULES.slice(1, 3), [documentTitle]);
  if (ofDocument) return ofDocument;
  if (around === 'recovery') return around;
  if (/\brecovery\b/i.test(documentTitle) && title !== documentTitle) {
    return 'recovery';
  }
  return ALERT_NAME.test(title) ||
    evidence.hasSymptoms ||
    title === documentTitle
    ? 'incident'
    : 'troubleshoot';
}

function kindOfPrefix(prefix: string | undefined): ProcedureKind | undefined {
  switch (prefix) {
    case 'incident':
    case 'alert':
      return 'incident';
    case 'issue':
    case 'problem':
    case 'symptom':
    case 'error':
      return 'troubleshoot';
    default:
      return undefined;
  }
}

function firstKind(
  rules: readonly KindRule[],
  titles: readonly string[],
): ProcedureKind | undefined {
  for (const title of titles) {
    const rule = rules.find(({ words }) => words.test(title));
    if (rule) return rule.kind;
  }
  return undefined;
}

function byEvidence(evidence: KindEvidence): ProcedureKind {
  if (evidence.hasDiagnosis) return 'troubleshoot';
  return evidence.changes ? 'maintenance' : 'check';
}

/** The kind that a title names without doubt; undefined for "Update the config" and for titles without such words. */
export function subjectKindOf(title: string): ProcedureKind | undefined {
  const rule = TITLE_RULES.find(({ words }) => words.test(title));
  return rule && !rule.weak ? rule.kind : undefined;
}

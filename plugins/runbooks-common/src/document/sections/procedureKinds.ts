import type { ProcedureKind } from '../model';
import { vocabulary, type Vocabulary, type Words } from '../words/vocabulary';
import { FAULT, NO_FAULT } from './faultWords';
import { namesAction } from './imperative';
import { CONTEXT_WORDS, KIND_WORDS } from './kindWords';

interface KindRule {
  kind: ProcedureKind;
  matches(title: string): boolean;
  /** Words so common that a heading above knows better: "Update", "Commands". */
  weak?: true;
  /** It tells what is done and not to what: of "Backup verification" the subject is the backup. */
  ofActivity?: true;
}

/** A title that is an alert's name: "KubePodCrashLooping", "etcdMembersDown". */
const ALERT_NAME = /^[A-Za-z]{1,60}(?:[A-Z][a-z0-9]{1,60}){2,20}$/;

const LEVEL = /^(?:p|sev|s)[-\s]?\d(?![\p{L}\p{N}])/iu;
const PROMOTION =
  /\bpromot(?:e|ion|ing) (?:the |a )?(?:release|build|image|canary|version|candidate|to \w+)/i;

const CLOSING_CHECK =
  /\s(?:verification|validation|health checks?|smoke tests?)(?:\s*\([^()]*\))?$/i;
const LEADING_CHECK = vocabulary({
  ...KIND_WORDS.check,
  en: 'verification of',
});

/** What a title says by itself; the first rule that matches decides. */
const TITLE_RULES: KindRule[] = [
  rule('onboarding', KIND_WORDS.onboarding),
  rule('check', { en: 'pre incident*, post incident*' }),
  {
    kind: 'incident',
    matches: anyOf(LEVEL, vocabulary(KIND_WORDS.incident)),
  },
  rule('maintenance', KIND_WORDS.renewal),
  rule('routine', KIND_WORDS.routine),
  // "Backup verification" is a check and no backup; other languages put that word first.
  {
    kind: 'check',
    ofActivity: true,
    matches: title => CLOSING_CHECK.test(title) || LEADING_CHECK.opens(title),
  },
  rule('rollback', KIND_WORDS.rollback),
  rule('recovery', KIND_WORDS.recovery),
  rule('maintenance', KIND_WORDS.maintenance),
  rule('scale', KIND_WORDS.scale),
  // "Restart a deployment" and "Check the release" are not deployments.
  opening(
    'maintenance',
    'restart*, reboot*, delete, deleting, remove, removing, recreate, recreating, edit, patch, label, annotate, pause, resume',
    'weak',
  ),
  opening(
    'check',
    'check, checking, verify, verifying, monitor, monitoring, inspect, inspecting, list, listing, describe, view, viewing',
  ),
  {
    kind: 'deploy',
    matches: anyOf(PROMOTION, vocabulary(KIND_WORDS.deploy)),
  },
  rule('setup', KIND_WORDS.setup),
  rule('maintenance', KIND_WORDS.audit),
  rule('check', KIND_WORDS.check),
  opening('reference', 'using, working with, how to use', 'weak'),
  { ...rule('reference', KIND_WORDS.reference), weak: true },
  rule('troubleshoot', KIND_WORDS.troubleshoot),
  { ...rule('maintenance', KIND_WORDS.change), weak: true },
];

/** What a heading above says about everything below it. */
const CONTEXT_RULES: KindRule[] = [
  around('onboarding'),
  around('incident'),
  around('troubleshoot'),
  around('rollback'),
  around('recovery'),
  around('maintenance'),
  around('scale'),
  around('deploy'),
  around('setup'),
  around('routine'),
  around('check'),
  around('reference'),
];

function rule(kind: ProcedureKind, words: Words): KindRule {
  return { kind, matches: vocabulary(words).isIn };
}

function opening(kind: ProcedureKind, en: string, weak?: 'weak'): KindRule {
  return {
    kind,
    matches: vocabulary({ en }).opens,
    ...(weak ? { weak: true as const } : {}),
  };
}

/** English says other words of a whole chapter than of one procedure; other languages say the same. */
function around(kind: keyof typeof CONTEXT_WORDS): KindRule {
  const { en: _, ...others } = KIND_WORDS[kind];
  return {
    kind,
    matches: vocabulary(others, CONTEXT_WORDS[kind]).isIn,
  };
}

function anyOf(pattern: RegExp, words: Vocabulary): KindRule['matches'] {
  return title => pattern.test(title) || words.isIn(title);
}

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

/** "Audit queue overflow" begins like an instruction and is none. */
const NOUN_OR_VERB = vocabulary({
  en: `audit, backup, build, cache, deploy, dump, export, filter, import, label, load, lock, log, map, page, patch,
    process, profile, queue, record, release, report, request, sample, scan, schedule, snapshot, source, store, sync,
    tag, test, trace, trigger, update, upgrade, upload, write`,
});

const CHECKLIST = vocabulary({
  en: 'check list*',
  de: 'Checkliste*',
  es: 'lista de verificación, lista de comprobación',
  pt: 'lista de verificação',
});

/** A whole sentence below "Troubleshooting" tells what is wrong: "The token is older than the key". */
const STATEMENT = vocabulary({
  en: "is, are, was, were, has, have, does, do, will, would, gets, got, keeps, stays, shows, says, don't, never",
  de: 'ist, sind, wird, werden, hat, haben',
  es: 'está, están, no',
  pt: 'está, estão, não',
  fr: 'est, sont, ne, n’est',
});

/** "Day 4: go on call with somebody" is a part of the first week, whatever is done on that day. */
const PART_OF_TIME =
  /^(?:(?:day|week|tag|woche|jour|semaine|día|dia|semana|giorno|settimana|день|неделя|ngày|tuần)\s*\d|第?\s*\d{1,2}\s*[天日周週])/iu;

/** In a document about one of these, "Update the record" is a part of it and no maintenance. */
const IN_WHOLE_DOCUMENT: ReadonlySet<ProcedureKind> = new Set([
  'incident',
  'recovery',
  'rollback',
  'scale',
  'onboarding',
]);

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
  const chapter = firstKind(CONTEXT_RULES, above);
  const prefixKind = kindOfPrefix(evidence.prefix);
  const named = TITLE_RULES.find(({ matches }) => matches(title));
  if (evidence.observeOnly && (!named || named.kind === 'deploy')) {
    return 'check';
  }
  if (PART_OF_TIME.test(title) && isOnboarding(chapter, documentTitle)) {
    return 'onboarding';
  }
  if (named?.kind === 'incident') return named.kind;
  if (namesFault(title)) {
    return faultKind(title, prefixKind, chapter, documentTitle, evidence);
  }
  if (tellsOfFaults(chapter) && STATEMENT.isIn(title) && !namesAction(title)) {
    return chapter;
  }
  if (named && !named.weak) return named.kind;
  if (evidence.hasSymptoms) {
    return faultKind(title, prefixKind, chapter, documentTitle, evidence);
  }
  const ofDocument = firstKind(CONTEXT_RULES, [documentTitle]);
  const namedAbove = firstKind(TITLE_RULES, above);
  const wholeDocument =
    ofDocument && !namedAbove && IN_WHOLE_DOCUMENT.has(ofDocument)
      ? ofDocument
      : undefined;
  return (
    prefixKind ??
    (chapter === 'reference' ? named?.kind : undefined) ??
    chapter ??
    wholeDocument ??
    named?.kind ??
    (evidence.isScheduled ? 'routine' : undefined) ??
    namedAbove ??
    ofDocument ??
    firstKind(TITLE_RULES, [documentTitle]) ??
    byEvidence(title, evidence)
  );
}

function isOnboarding(
  chapter: ProcedureKind | undefined,
  documentTitle: string,
): boolean {
  const about =
    chapter ??
    firstKind(CONTEXT_RULES, [documentTitle]) ??
    firstKind(TITLE_RULES, [documentTitle]);
  return about === 'onboarding';
}

/** True where a title names what is wrong and not what to do: "High error rate", "KubePodCrashLooping". */
export function namesFault(title: string): boolean {
  if (ALERT_NAME.test(title)) return true;
  if (NO_FAULT.isIn(title)) return false;
  if (!FAULT.isIn(title)) return false;
  if (!namesAction(title)) return true;
  if (/\bnot \w|\bfail(?:s|ing|ures?)\b/i.test(title)) return true;
  return NOUN_OR_VERB.opens(title) && FAULT.isIn(title.split(' ').at(-1)!);
}

function tellsOfFaults(
  kind: ProcedureKind | undefined,
): kind is 'incident' | 'troubleshoot' {
  return kind === 'incident' || kind === 'troubleshoot';
}

function faultKind(
  title: string,
  prefixKind: ProcedureKind | undefined,
  chapter: ProcedureKind | undefined,
  documentTitle: string,
  evidence: KindEvidence,
): ProcedureKind {
  if (tellsOfFaults(chapter)) return chapter;
  if (prefixKind) return prefixKind;
  if (/\bemergency\b|\boutage\b/i.test(title)) return 'incident';
  const ofDocument = firstKind(CONTEXT_RULES.slice(1, 3), [documentTitle]);
  if (ofDocument) return ofDocument;
  if (chapter === 'recovery') return chapter;
  const isRecovery = firstKind(CONTEXT_RULES, [documentTitle]) === 'recovery';
  if (isRecovery && title !== documentTitle) return 'recovery';
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
    const found = rules.find(({ matches }) => matches(title));
    if (found) return found.kind;
  }
  return undefined;
}

function byEvidence(title: string, evidence: KindEvidence): ProcedureKind {
  if (CHECKLIST.isIn(title)) return 'check';
  if (evidence.hasDiagnosis) return 'troubleshoot';
  return evidence.changes ? 'maintenance' : 'check';
}

/** The kind that a title names without doubt; undefined for "Update the config" and for titles without such words. */
export function subjectKindOf(title: string): ProcedureKind | undefined {
  const found = TITLE_RULES.find(
    ({ matches, ofActivity }) => !ofActivity && matches(title),
  );
  return found && !found.weak ? found.kind : undefined;
}

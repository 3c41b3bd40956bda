import { withoutBracketAtEnd } from '../../text/bracketAtEnd';
import { trimmedEnd } from '../../text/trimmed';

/**
 * What a section is when it is no procedure.
 *
 * - `hidden`: nothing in it is ever run (table of contents, changelog, contacts, architecture).
 * - `facts`: lists and tables in it are facts (dashboards, thresholds, severity levels); shell blocks still count.
 */
export type SectionClass = 'hidden' | 'facts';

const HIDDEN =
  /^(?:table of contents?|contents?|toc|index|on this page|in this (?:document|guide|runbook)|quick (?:links|navigation)|navigation|change ?log|change history|revision(?: history)?|revisions?|version(?:s| history)?|release notes|history|document (?:control|history|information|metadata|status|info|details)|metadata|approvals?|sign[- ]?offs?|references?|(?:see also|further reading|related (?:docs|documents|documentation|links|runbooks|resources|pages|content|reading))|(?:useful |external |internal |important |additional |helpful )*(?:links?|resources|documentation|docs|reading|references)|bibliography|glossary|definitions|terminology|acronyms|abbreviations|architecture(?: (?:overview|diagram|components?|summary))?|system (?:overview|architecture|diagram|components?)|service (?:overview|architecture|description)|components?|diagrams?|topology|network diagram|data flow|dependencies|tech(?:nology)? stack|directory structure|file structure|project structure|repository structure|folder structure|contacts?|(?:emergency|key|important|support|team|escalation|on-?call|vendor|useful)(?: (?:contacts?|numbers?))+|contact(?: (?:information|details|info|list|us))|who'?s who|(?:on-?call|duty|pager)(?: (?:rotation|schedule|rota|roster|contacts?|team|information|engineers?))*|rotations?|rota|escalation (?:path|matrix|contacts?|chain|levels?|policy|points?|list|table)s?|communication channels?|slack channels?|channels?|roles?(?: (?:and|&) responsibilities)?|responsibilities|raci(?: matrix)?|teams?|ownership|owners?|stakeholders|conclusion|closing(?: notes)?|acknowledge?ments|credits|authors?|contributors|contributing|licen[sc]e|feedback|copyright|disclaimer|todos?|to-?dos?|open (?:questions|issues)|future (?:work|improvements|enhancements)|roadmap|known limitations|limitations|(?:(?:runbook|playbook|incident|post-?mortem|communications?|report|status|update|notification|message|e-?mail|slack|announcement|ticket|rca|review|hand-?(?:over|off)|stakeholder|customer|internal|external|page|escalation|and|&)[ -]?)+ ?templates?|(?:what )?(?:do not|not to do|don['’]?ts?|never)(?: do(?: this)?)?|do'?s (?:and|&) don['’]?ts|inhaltsverzeichnis|ansprechpartner|sommaire|índice)$/i;

const FACTS =
  /^(?:(?:key |critical |important |main |common |core |service |system |business )*(?:metrics?|dashboards?|alerts?|slis?|slos?|slas?|kpis?|services?|endpoints?|urls?|thresholds?|configurations?|environment variables|env vars|ports?|parameters|settings|limits|features|principles|concepts|components|tables?)(?: (?:and|&|\/) (?:responses?|actions?|thresholds?|dashboards?|slos?|slas?|kpis?|metrics?|alerts?))*(?: (?:to (?:monitor|watch|track)|overview|list|reference|summary|table|definitions?|catalog(?:ue)?))*|alert(?:ing)?(?: (?:rules?|thresholds?|conditions?|definitions?|levels?|summary|matrix|configuration))?|thresholds?|severity(?: (?:levels?|definitions?|classification|matrix|table|scale|guide))?|severities|incident (?:severity|severities|classification|levels?|priorit(?:y|ies))(?: (?:levels?|definitions?|matrix|classification))?|priority levels?|sla|slo|sli|error budgets?|monitoring (?:dashboards?|links|metrics)|overview|introduction|purpose|scope|summary|background|context|audience|intended audience|about(?: this .*)?|objectives?|goals?|meaning|impact|best practices|guidelines|tips(?: (?:and|&) tricks)?|notes?|important notes?|warnings?|cautions?|security (?:considerations|notes?)|considerations|risks?|examples?|appendix(?: [a-z])?.*|reviews?(?: schedule)?|maintenance windows?|supported versions|compatibility|costs?|timeline)$/i;

/** The class of a section by its heading; undefined when it may be a procedure. */
export function classOfSection(title: string): SectionClass | undefined {
  if (title.length > 80) return undefined;
  const bare = trimmedEnd(withoutBracketAtEnd(title), /[\s:：.!]/)
    .replace(/’/g, "'")
    .trim();
  if (HIDDEN.test(bare)) return 'hidden';
  return FACTS.test(bare) ? 'facts' : undefined;
}

/** Sections of facts about people, below which there may be work: "On-call" with a "Handover checklist". */
export function holdsDuties(title: string): boolean {
  return /\b(?:on-?call|escalation|contacts?|teams?|rota|rotation|roles|communication|responsibilities)\b/i.test(
    title,
  );
}

const COLLECTION =
  /\b(?:runbooks|playbooks|procedures|operations|incidents|scenarios|tasks|guides?|handbook|manual|cookbook|recipes|how-?tos?|sops|issues|problems|alerts|errors|failures|topics|types|cases|activities|checks|commands|cheat ?sheet|faq|troubleshooting|maintenance|tutorials|reference|administration|management|cheatsheet|examples|workflows|essentials|basics|ops)$|^(?:common|frequent|typical|known|daily|routine|general|standard|operational|emergency|advanced) .*s$|^(?:operations?|ops|production|operational)\b.*\b(?:runbook|guide|manual|handbook)$/i;

/** True where a heading names a set of things: "Common Incidents", "Deployment Procedures", "Operations guide". */
export function namesCollection(title: string): boolean {
  const bare = withoutBracketAtEnd(title).trim();
  return COLLECTION.test(bare);
}

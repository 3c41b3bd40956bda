import type { PhaseRole } from '../model';
import { withoutBracketAtEnd } from '../../text/bracketAtEnd';
import { trimmedEnd } from '../../text/trimmed';

/**
 * What a heading inside a procedure says about what follows. Besides the roles of phases: `symptoms`, `success`
 * (criteria) and `expectation` (what good looks like), which become facts and not phases.
 */
export type SectionRole = PhaseRole | 'symptoms' | 'success' | 'expectation';

interface RoleRule {
  role: SectionRole;
  /** Matches the whole heading, lower case, without what stands in brackets at its end. */
  heading: RegExp;
}

const WORD = "[\\p{L}\\p{N}/&'’+-]+";
/** Words that may stand around without changing what a heading says. */
const TAIL =
  '(?: (?:steps?|procedures?|process|check ?lists?|checks?|tasks?|actions?|commands?|instructions?|plan|guide|notes?|phase|section|list|tests?|items?|details|information|summary|overview|criteria|options?|strategy|strategies))*';

function whole(pattern: string): RegExp {
  return new RegExp(
    `^(?:the |a |an |common |general |quick |initial |immediate |possible |suggested |recommended |manual |automatic |automated |emergency |further |additional |detailed |full |final |basic |potential |typical |known )*(?:${pattern})$`,
    'iu',
  );
}

/**
 * The first rule that matches decides. To teach the reader another style or language, add the words here.
 */
const RULES: RoleRule[] = [
  {
    role: 'expectation',
    heading: whole(
      `what ["“'‘]?(?:good|success|healthy|done)["”'’]? looks? like|(?:what to )?expect(?:ed)?(?: (?:results?|outputs?|outcomes?|states?|behaviou?rs?|response|values?|status|to see|healthy ${WORD}))*|(?:sample|example) (?:output|response|results?)|output(?: (?:example|sample))?|healthy (?:state|output|status)|you should see|erwartetes ergebnis|résultats? attendus?|resultado esperado`,
    ),
  },
  {
    role: 'success',
    heading: whole(
      `(?:success|done|acceptance|completion|exit|recovery|resolution|closing) (?:criteria|criterion|conditions?|indicators?|metrics)|definition of done|done when|resolved when|success(?:ful)? (?:looks like|means)|criteria (?:for|of) (?:success|completion|done|closing)(?: ${WORD})*|erfolgskriterien`,
    ),
  },
  {
    role: 'symptoms',
    heading: whole(
      `symptoms?(?: and (?:signs?|detection|impact))?|signs?(?: and symptoms)?|(?:alerts?|problem) (?:symptoms?|signs?|indicators?)|indicators?|how (?:it|this) (?:shows|presents|manifests)|what (?:you|users?|customers?)(?: may| might| will)? (?:see|notice|experience|observe)|observed behaviou?r|manifestation|triggers?(?: (?:conditions?|symptoms?))?|detection|how (?:it|this|the (?:issue|problem|incident)) is detected|alert conditions?|symptome|síntomas|symptômes`,
    ),
  },
  {
    role: 'prerequisites',
    heading: whole(
      `pre-?\\s?requisites?(?: and ${WORD}| & ${WORD})?${TAIL}|prereqs?|pre-?conditions?|requirements?|required (?:access|tools?|permissions?|knowledge|software|information)|(?:tools?|access|permissions?)(?: (?:and|&) ${WORD})? (?:required|needed|requirements)|required access and tools|before (?:you|we) (?:begin|start|proceed)|before (?:beginning|starting|you run this)|what you(?:['’]ll)? need|things you need|you will need|pre-?(?:deploy(?:ment)?|flight|upgrade|migration|maintenance|release|change|rollout|launch|start|run|install(?:ation)?|scaling|failover|restore|backup|drain|restart|checks?|work|operation|op|implementation|execution|incident|cutover|patch(?:ing)?|rotation)(?: (?:verification|validation|preparation|conditions|requirements|health|safety|communication))?${TAIL}|preparations?|prepare|preparing|assumptions|entry criteria|go\\/no-?go${TAIL}|safety checks?|voraussetzungen|prérequis|requisitos(?: previos)?`,
    ),
  },
  {
    role: 'rollback',
    heading: whole(
      `(?:roll(?:ing)?[- ]?back|back[- ]?out|revert(?:ing)?|undo(?:ing)?|fall[- ]?back|restor(?:e|ing) (?:the )?previous (?:version|state|configuration)|rücknahme|retour arrière)(?: (?:deployment|release|changes?|the (?:changes?|deployment|release|upgrade)|plan|option))?${TAIL}(?: (?:if|on|when|in case)(?: ${WORD})*)?|(?:if|when|in case)(?: ${WORD})* (?:roll ?back|revert)|(?:roll ?back|revert) (?:if|on|when|in case)(?: ${WORD})*|(?:in case of|on|if) failures?|how to (?:roll ?back|revert|undo)(?: ${WORD})*|recovery from failure|contingency(?: plan)?|(?:if|when) (?:something|anything|things|it|this) (?:goes|go|went|fails) ?(?:wrong|badly|south)?`,
    ),
  },
  {
    role: 'escalation',
    heading: whole(
      `escalat(?:ion|e|ing)(?: (?:path|procedures?|policy|matrix|process|steps?|criteria|points?|contacts?|plan|levels?|chain|to(?: ${WORD})+|if(?: ${WORD})+|when(?: ${WORD})+))*|when to escalate|(?:who|whom) to (?:contact|call|page|notify|escalate to)|when to (?:call|page)(?: ${WORD})*|(?:if|when) (?:all else fails|nothing (?:helps|works)|(?:the )?(?:issue|problem|incident) (?:persists|is not resolved|remains))|getting help|need(?:ing)? help|(?:action|what to do) if (?:failed|failing|fails|it fails|unsuccessful)|eskalation|escalade|escalamiento`,
    ),
  },
  {
    role: 'followup',
    heading: whole(
      `follow[- ]?ups?${TAIL}|post[- ]?(?:mortems?|incident|deploy(?:ment)?|upgrade|migration|maintenance|release|change|rollout|recovery|resolution|restore|actions?|work|event|outage|execution|setup|install(?:ation)?|implementation|operation|cutover|rotation|scaling|failover)(?: (?:review|follow[- ]?up|documentation|communication|analysis|monitoring|report|clean ?up))?${TAIL}|after(?: (?:the|an) ${WORD}|wards?|care| ${WORD})?${TAIL}|clean(?:ing)?[- ]?up${TAIL}|tear ?down|lessons learned|next steps|prevention|preventi(?:ve|on) (?:measures|actions?|steps)|long[- ]term (?:fix(?:es)?|solutions?|actions?|prevention|remediation)|communication${TAIL}|documentation updates?|nachbereitung`,
    ),
  },
  {
    role: 'verification',
    heading: whole(
      `(?:(?:post|pre)[- ]?(?:${WORD}) )?(?:verif(?:y|ication|ying)|validat(?:e|ion|ing)|confirm(?:ation|ing)?|smoke[- ]?test(?:s|ing)?|sanity[- ]?checks?|test(?:s|ing)?|health[- ]?checks?|monitor(?:ing)? (?:the )?(?:rollout|deployment|recovery|progress))(?: (?:the )?(?:deployment|results?|recovery|changes?|fix|resolution|release|rollout|upgrade|installation|restore|backup|success|functionality|health|status|it works|that it (?:works|worked)|everything(?: ${WORD})*|cluster health|service health|rollback))?${TAIL}|how to (?:verify|confirm|check|tell)(?: ${WORD})*|post-?checks?|post[- ](?:${WORD}) (?:verification|validation|checks?|tests?)${TAIL}|(?:${WORD}) verification|überprüfung|vérification|verificación`,
    ),
  },
  {
    role: 'investigation',
    heading: whole(
      `(?:investigat(?:ion|e|ing)|diagnos(?:is|e|es|tics?|ing|tic)|triag(?:e|ing)|debug(?:ging)?|troubleshoot(?:ing)?|analy(?:sis|ze|se|zing)|assess(?:ment)?|identif(?:y|ication|ying)(?: (?:the )?(?:issue|problem|cause|root cause|scope|impact|failing ${WORD}))?|root cause analysis|things to check|what to check(?: first)?|where to look|checks?|first look|evidence|gather(?:ing)? (?:information|evidence|data|logs|diagnostics)|collect(?:ing)? (?:information|evidence|data|logs|diagnostics)|capture evidence|diagnose (?:and|&) ${WORD}|check the (?:logs?|status|metrics|dashboards?)|diagnostic queries|diagnóstico|diagnostic|untersuchung)(?: (?:the )?(?:issue|problem|cause|queries|logs|data))?${TAIL}(?: (?:and|&) (?:analysis|triage|diagnosis|assessment|investigation|confirmation))?`,
    ),
  },
  {
    role: 'steps',
    heading: whole(
      `(?:steps?|procedures?|process|instructions?|actions?|tasks?|commands?|responses?|mitigat(?:ion|e|ing|ions)|resolution|resolutions|resol(?:ve|ving)|remediat(?:ion|e|ing|ions)|solutions?|fix(?:es|ing)?(?: (?:it|the (?:issue|problem)))?|how to (?:fix|resolve|mitigate|remediate|solve|do it|run|perform|proceed)(?: ${WORD})*|work-?arounds?|recovery|execution|execute|implementation|usage|walk-?through|what to do(?: (?:first|now|next))?|run ?book|play ?book|action (?:items?|plan)|containment|stabili[sz]ation|causes? (?:and|&) (?:solutions?|fixes|resolutions?|remediation)|(?:common )?(?:causes|issues|problems) (?:and|&) (?:solutions?|fixes|resolutions?)|behebung|lösung|maßnahmen|vorgehen|durchführung|schritte|solución|pasos|procédure|étapes|résolution)${TAIL}(?: (?:to (?:take|follow|perform|resolve)|for (?:this|the) ${WORD}))?(?: - ${WORD}(?: ${WORD})*)?|${WORD} (?:steps|phases|stages)|(?:deploy(?:ment)?|upgrade|migration|install(?:ation)?|restore|recovery|failover|maintenance|scaling|release|rollout|restart|update|setup|configuration|rotation|cleanup|backup|execution|operation|remediation|incident) (?:steps|instructions|actions|commands)`,
    ),
  },
  {
    role: 'information',
    heading: whole(
      `purpose|(?:what )?this(?: (?:document|runbook|page|guide))? (?:is|does)(?: not)?(?: (?:for|cover|do))?|(?:out of|not in) scope|non-?goals|what[’']?s next|overview|summary|description|background|context|introduction|intro|about(?: this(?: ${WORD})*)?|impact(?: ${WORD})*|meaning|scope|objectives?|goals?|safety(?: ${WORD})*|causes?|root causes?|probable causes?|what (?:is|['’]s) (?:usually |likely )?(?:wrong|happening|broken)|why (?:this|it)(?: ${WORD})*|explanation|notes?|important|warnings?|cautions?|tips?|use cases?|when to (?:use|run|roll ?back|apply|perform|scale|restart|do)(?: ${WORD})*|when(?: not)? to(?: ${WORD})+|severity|priority|risks?(?: ${WORD})*|risk assessment|time ?line|estimated (?:time|duration)|duration|(?:expected )?down ?time|schedule|frequency|owners?|ownership|key (?:metrics|points|concepts|information)|see also|related(?: ${WORD})*|links?|resources?|metrics(?: ${WORD})*|metadata|false positives?|customer impact|business impact|user impact|kontext|zweck|hintergrund|auswirkungen|contexte|but|propósito|contexto`,
    ),
  },
  { role: 'followup', heading: whole(`post-${WORD}${TAIL}`) },
];

/** A longer text is a sentence and names no role. */
const LONGEST_HEADING = 90;

/**
 * The role that a whole heading names: "Diagnosis", "Rollback if needed", "Pre-deployment checklist". Undefined for
 * a heading with a subject of its own ("Rollback of the payment service").
 */
export function roleOf(title: string): SectionRole | undefined {
  const bare = bareTitle(title);
  if (bare === '' || bare.length > LONGEST_HEADING) return undefined;
  return RULES.find(rule => rule.heading.test(bare))?.role;
}

/** Words that give a role to a heading which is already known to be a part of a procedure. */
const LOOSE: Array<{ role: SectionRole; words: RegExp }> = [
  {
    role: 'expectation',
    words:
      /\bexpected (?:results?|output|outcome)\b|\blooks? like\b|^expected (?!duration|time|down)\p{L}+(?: \p{L}+)?$/iu,
  },
  { role: 'success', words: /\b(?:success|done|acceptance) criteria\b/i },
  { role: 'symptoms', words: /\bsymptoms\b/i },
  {
    role: 'prerequisites',
    words:
      /\b(?:pre-?requisites?|before you|pre-?flight|pre-?deploy\w*|pre-?upgrade|pre-?check\w*)\b/i,
  },
  {
    role: 'rollback',
    words: /\b(?:roll(?:ing)? ?-?back|revert(?:ing)?|back[- ]?out|undo)\b/i,
  },
  { role: 'escalation', words: /\bescalat\w+\b/i },
  {
    role: 'followup',
    words:
      /\b(?:follow[- ]?up|post-?mortem|clean ?up|post-(?:incident|deploy\w*|mortem|upgrade))\b/i,
  },
  {
    role: 'verification',
    words:
      /^(?:verify|validate|confirm|test|check that|ensure)\b|\bverification\b|\bvalidation\b/i,
  },
  {
    role: 'investigation',
    words:
      /^(?:investigat\w+|diagnos\w+|triage|identify|assess|debug|analy[sz]e|gather|collect|capture)\b|\bdiagnos(?:is|tics)\b/i,
  },
  {
    role: 'steps',
    words:
      /\b(?:resolution|mitigation|remediation|solutions?|steps|procedure|actions?|fix)\b/i,
  },
  {
    role: 'information',
    words: /\b(?:causes|overview|background|references|notes?)\b/i,
  },
];

/** The role of a section inside a procedure, by the whole heading first and then by its words. */
export function roleWithin(title: string): SectionRole | undefined {
  const bare = bareTitle(title);
  return roleOf(title) ?? LOOSE.find(({ words }) => words.test(bare))?.role;
}

function bareTitle(title: string): string {
  return trimmedEnd(
    withoutBracketAtEnd(title).replace(/["“”]/g, '"'),
    /[\s:：!?.]/,
  )
    .trim()
    .toLowerCase();
}

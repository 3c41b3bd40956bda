/** Verbs that begin an instruction; English first, others may be added. */
const VERBS = new Set(
  `acknowledge activate add adjust agree alert align allocate allow analyse analyze announce annotate apply approve
  archive ask assess assign attach audit authenticate authorize back backup begin block boot bootstrap bounce bring
  build bump bypass calculate call cancel capture change check choose clean cleanup clear click clone close collect commit
  communicate compare complete compile compress conduct configure confirm connect consider construct consult contact continue
  convert coordinate copy cordon correct create cut deactivate debug declare decommission decrease define delete
  deliver demote deny deploy describe detach detect determine diagnose disable disconnect discuss dismiss dispatch
  display distribute document double-check download downscale drain draft drop dry-run dump edit email enable
  engage ensure enter escalate establish estimate evaluate evict examine execute expand export extend extract
  fail failover fetch file fill filter find finish fix flush follow force forward free freeze gather generate get
  give go grant grep handle hold identify import improve increase inform initialize initiate inspect install
  investigate invite invoke isolate issue join keep kick kill label launch leave list load locate lock log login
  look lower maintain make manage map mark measure merge migrate mirror mitigate modify monitor mount move mute
  navigate notify note observe obtain open optimize order organize override page pass patch pause perform pick pin
  ping plan port-forward post prepare press prevent print prioritize proceed process profile promote provide
  provision prune publish pull purge push put query quiesce quit raise re-apply re-create re-deploy re-enable
  re-run reach read reapply reassign rebalance reboot rebuild recalculate reclaim reconcile reconfigure reconnect
  record recover recreate redeploy redirect reduce re-enable reference refresh refer regenerate register reinstall
  reindex reject release reload relocate remediate remind remove rename renew reopen repair repeat replace replay
  replicate reply report request require reroute rerun rescale reschedule reset resize resolve respond restart
  restore resume resync retain retire retrieve retry return revert review revoke roll rollback rotate route run
  sample save scale scan schedule search secure seed select send set setup share shift shut shutdown sign silence
  simulate skip snapshot source specify spin split ssh stabilize start stop store submit suspend swap switch sync
  synchronize tail take taint tag tear tell terminate test throttle toggle trace track transfer trigger triage
  troubleshoot truncate try tune turn type unblock uncordon undeploy undo uninstall unlock unmount unpause unseal
  unset update upgrade upload upscale use validate vacuum verify view visit wait wake warm watch whitelist wipe
  withdraw write zip
  überprüfen prüfen starten stoppen öffnen vérifier ouvrir démarrer arrêter verificar abrir iniciar detener`.split(
    /\s+/,
  ),
);

/** Words that may stand before the verb. */
const BEFORE =
  /^(?:(?:please|then|now|next|first|finally|also|optionally|optional|immediately|immediate|manually|carefully|lastly|afterwards|otherwise|alternatively|and|or|second|third|either|once (?:done|complete|finished)|if (?:needed|necessary|required|possible|applicable))[,:]?\s+)+/i;

/** True where a text begins like an instruction: "Check the logs", "Then restart it", "Re-deploy". */
export function isImperative(text: string): boolean {
  const bare = text.replace(/^[^\p{L}]+/u, '').replace(BEFORE, '');
  const word = firstWord(bare);
  if (isVerb(word)) return true;
  // "Temporarily reduce the traffic"
  return word.endsWith('ly') && isVerb(firstWord(bare.slice(word.length)));
}

function firstWord(text: string): string {
  return /^[\s,]*(\p{L}[\p{L}-]*)/u.exec(text)?.[1].toLowerCase() ?? '';
}

function isVerb(word: string): boolean {
  return (
    VERBS.has(word) ||
    (word.includes('-') && VERBS.has(word.split('-')[0])) ||
    (word.startsWith('re') && VERBS.has(word.replace(/^re-?/, '')))
  );
}

/** True where a title begins with a verb, also as "Restoring ..." or "How to restore ...". */
export function namesAction(title: string): boolean {
  if (/^how (?:to|do (?:i|we))\b/i.test(title)) return true;
  if (isImperative(title)) return true;
  const gerund = /^(\p{L}+)ing\b/u.exec(title.toLowerCase());
  if (!gerund) return false;
  const stem = gerund[1];
  return (
    VERBS.has(stem) ||
    VERBS.has(`${stem}e`) ||
    (stem.length > 3 &&
      stem.at(-1) === stem.at(-2) &&
      VERBS.has(stem.slice(0, -1)))
  );
}

/** Instructions for a screen or for people, which no shell can follow. */
const BY_HAND =
  /^(?:go to|open|click|navigate|select|press|log ?in|sign in|visit|browse|contact|notify|ask|call|page|inform|tell|announce|wait|escalate|coordinate|email|schedule|discuss|follow|edit|fill|review|post|create (?:a |an )?(?:ticket|incident|post-?mortem|issue)|send|access|make (?:fix|changes)|watch (?:grafana|dashboard|for))\b/i;

/** True where a text tells a person to do something by hand. */
export function isByHand(text: string): boolean {
  return BY_HAND.test(text.replace(/^[^\p{L}]+/u, '').replace(BEFORE, ''));
}

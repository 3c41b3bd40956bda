import type { Argument } from '../../words';
import type { Call, Scene } from '../scene';

/** Verbs of clouds that look. */
export const READ_VERB =
  /^(describe|list|get|show|wait|head|lookup|search|scan|query|batch-get|view|check|validate|test|preview|estimate|filter|simulate|select|diff|export_|history|ls|status|read|download|decode|detect|discover|help|compare|count)(-|$)/;

/** Verbs of clouds that delete or stop. */
export const DESTROY_VERB =
  /^(delete|terminate|remove|purge|destroy|stop|deregister|revoke|batch-delete|disassociate|detach|release|cancel|deactivate|disable|schedule-key-deletion|rm|rb|abort|uninstall|drop|force|unsubscribe|untag|forget|discard|wipe|clear|restore|failover|schedule-delete|empty|undeploy|deallocate|flush|prune|abandon|undelete_)(-|$)/;

/** Every verb of clouds that is known. */
export const CLOUD_VERB =
  /^(list|describe|get|read|tail|create|update|delete|add|remove|set|unset|start|stop|reset|resize|deploy|enable|disable|patch|import|export|submit|cancel|restore|clone|failover|promote|restart|suspend|resume|move|rotate|access|destroy|undelete|drain|upgrade|rollback|publish|pull|seek|ack|run|execute|invoke|call|connect|migrate|reschedule|attach|detach|simulate|wait|search|lookup|validate|diff|query|history|clear|purge|abandon|recreate|repair|replace|apply|sync|login|logs|info|print|edit|copy|cp|mv|rm|ls|show|check|test|tag|untag|revoke|grant|approve|deny|bind|unbind|scale|deallocate|terminate|reboot|swap|regenerate|reset|purge|recover|stop|release|detach|rotate|redeploy|reimage|assign|renew|invalidate|trigger|scale-to|upload|download|activate|deactivate|what-if|start-all|provision|power-on|power-off|power-cycle|reconfigure|rebuild|register|unregister|save|export-template|put|ssh|shutdown|poweroff|poweron|extend|label|unlabel|capture|generalize|snapshot|write|pause|unpause|flush|force-reboot|force|build|invoke-action|send|increase|decrease|promote|demote|reload|refresh|rename)(-.*)?$/;

/** The word that says what a command does; of several the one that destroys. */
export function findVerb(words: readonly string[]): string | undefined {
  const found = words.filter(
    (word, index) =>
      index > 0 &&
      CLOUD_VERB.test(word) &&
      !/^(instances|services|logs|tests?|copies)$/.test(word) &&
      !(word === 'run' && index === 0),
  );
  // Some words name a thing as often as what is done: "snapshot list" lists.
  if (
    found.length > 1 &&
    /^(snapshot|build|run|export|import|write)$/.test(found[0])
  )
    found.shift();
  const destroying = found.find(word => DESTROY_VERB.test(word));
  return (
    destroying ??
    found[0] ??
    (words.slice(1).includes('logs') ? 'logs' : undefined)
  );
}

/** Words as a person would read them. */
export function says(words: readonly Argument[], scene: Scene): string {
  return words.map(one => scene.show(one.value)).join(' ');
}

/**
 * The words of a command that say what it does: those before its first option, for what follows may be the value of
 * an option that is not known. All of them, where no verb is among the first.
 */
export function leadingWords(
  call: Call,
  operands: readonly Argument[],
): readonly Argument[] {
  const first = call.args.indexOf(operands[0]);
  const end = call.args.findIndex(
    (one, index) => index > first && one.value.startsWith('-'),
  );
  const leading = end < 0 ? operands : call.args.slice(first, end);
  return findVerb(leading.map(one => one.value)) ? leading : operands;
}

import { verbTool } from '../verbTable';
import type { Call, ToolRule } from '../scene';
import { changes, destroys, reads, type Verdict } from '../verdict';
import { destroyer, looksUnless } from './ruleMakers';

function iptables(call: Call): Verdict {
  if (call.args.some(one => one.certainty === 'words'))
    return changes('changes the firewall');
  const verbs = call.args.map(one => one.value);
  if (
    verbs.some(
      one =>
        (/^-[a-zA-Z]+$/.test(one) && /[FXDZ]/.test(one)) ||
        /^(--flush|--delete-chain|--delete|--zero)$/.test(one),
    )
  )
    return destroys('removes rules of the firewall');
  if (
    verbs.some(one =>
      /^(-A|-I|-R|-P|-N|-E|--append|--insert|--replace|--policy|--new-chain|--rename-chain)/.test(
        one,
      ),
    )
  )
    return changes('changes the firewall');
  return verbs.some(one =>
    /^(-[a-zA-KM-RT-Z]*[LS][a-zA-Z]*|--list|--list-rules|-C|--check|-V|--version|-h|--help)$/.test(
      one,
    ),
  )
    ? reads('shows the firewall')
    : changes('changes the firewall');
}

/** Network and firewall of a machine. */
export const networkTools: Record<string, ToolRule> = {
  networkctl: looksUnless(
    /^(up|down|reload|reconfigure|renew|forcerenew|delete|edit)$/,
    'looks at the network',
    changes('changes the network'),
  ),
  nmcli: looksUnless(
    /^(up|down|add|mod|modify|delete|connect|disconnect|reload|on|off|edit|set|import|clone|level|domains|hostname)$/,
    'looks at the network',
    changes('changes the network'),
  ),
  iptables,
  ip6tables: iptables,
  'iptables-save': () => reads('shows the firewall'),
  'iptables-restore': destroyer('replaces the firewall'),
  nft: looksUnless(
    /(^|[;{\s])(add|insert|delete|flush|replace|destroy|create|reset|-f|rename|import)(?=\s|$)|^-f/,
    'shows the firewall',
    destroys('changes the firewall'),
  ),
  ufw: verbTool(
    'ufw',
    { values: '', flags: 'force dry-run', rehearsal: ['dry-run'] },
    `
read | status, show, version, app list, app info | shows the firewall
change | allow, deny, reject, limit, insert, prepend, route, enable, reload, default, logging, app update, app default | changes the firewall: {verb} {names}
destructive | delete, reset, disable, route delete | {does} rules of the firewall: {names}
`,
  ),
  'firewall-cmd': looksUnless(
    /^--(?!list|get|query|state|info|zone|version|permanent)/,
    'shows the firewall',
    changes('changes the firewall'),
  ),
  ipvsadm: looksUnless(
    /^-(?!l|L|-list|n|-numeric|-stats|-rate|Ln|ln)/,
    'shows load balancing',
    changes('changes load balancing'),
  ),
  conntrack: looksUnless(
    /^-(?!L|-dump|G|S|C|-stats|-count|p|s|d|f|-src|-dst)/,
    'shows connections',
    destroys('removes connections'),
  ),
  tc: looksUnless(
    /^(add|change|replace|del|delete|link)$/,
    'shows traffic rules',
    changes('changes traffic rules'),
  ),
};

import { verbTool } from '../verbTable';
import { isLocal, isUnknown, reads, changes, destroys } from '../verdict';
import { isOn, parseOptions } from '../options';
import type { ToolRule } from '../scene';

/** Private networks and what keeps intruders out of a machine. */
export const guardTools: Record<string, ToolRule> = {
  wg: verbTool(
    'wg',
    { bare: reads('shows private networks') },
    `
read | show, showconf | shows private networks
local | genkey, pubkey, genpsk | makes a key
change | set, setconf, addconf, syncconf | changes a private network: {names}
`,
  ),
  'wg-quick': verbTool(
    'wg-quick',
    {},
    `
change | up, save | opens private network {names}
local | strip | prints the settings of a private network
destructive | down | closes private network {names}
`,
  ),
  'fail2ban-client': verbTool(
    'fail2ban-client',
    { values: 'c s p l', flags: 'x f' },
    `
read | status, ping, get, banned, version, -t | looks at who is banned: {names}
change | set, reload, restart, start, add, unban, ban, reloadlog | changes who is banned: {names}
destructive | stop | stops the guard
`,
  ),
  tailscale: verbTool(
    'tailscale',
    { values: '' },
    `
read | status, ip, ping, netcheck, whois, version, dns | looks at the private network
change | up, set, login, serve, funnel, switch, cert, update | changes the private network: {names}
destructive | down, logout | leaves the private network
unknown | ssh, nc | opens something in the private network: {names}
`,
  ),
  sshd: call =>
    call.args.some(one => /^-[tTG]$/.test(one.value))
      ? reads('checks the settings of the SSH server')
      : changes('starts an SSH server'),
  getenforce: () => reads('asks whether the machine enforces its rules'),
  sestatus: () => reads('asks whether the machine enforces its rules'),
  setenforce: () => changes('changes whether the machine enforces its rules'),
  setsebool: () => changes('changes a rule of the machine'),
  restorecon: () => changes('changes the labels of files'),
  semanage: call =>
    call.args.some(one =>
      /^(-a|-m|-d|-D|--add|--modify|--delete)/.test(one.value),
    )
      ? changes('changes the rules of the machine')
      : reads('lists the rules of the machine'),
  logrotate: call => {
    const options = parseOptions(call.args, { values: 's state l log m mail' });
    return isOn(options, 'd', 'debug')
      ? reads('only rehearses: rotates logs')
      : changes('rotates the logs of the machine');
  },
  keepalived: call =>
    call.args.some(one => /^(-t|--config-test|-v|--version)/.test(one.value))
      ? isLocal('checks the settings of keepalived')
      : changes('starts keepalived'),
  killall5: () => destroys('stops all processes'),
  aide: call =>
    call.args.some(one => /^(--check|-C|--compare)$/.test(one.value))
      ? reads('compares files with what they were')
      : isUnknown('does something with the record of files'),
};

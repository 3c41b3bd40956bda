import { inWords } from '../inWords';
import { endless, needsEditor } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import {
  atLeast,
  changes,
  destroys,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';
import { destroyer, changer, looksUnless } from './ruleMakers';

const systemctl = verbTool(
  'systemctl',
  {
    values:
      'H host M machine t type state p property n lines o output s signal kill-who kill-whom job-mode root what',
    flags:
      'user system no-pager all a l full no-legend plain failed quiet q now',
    bare: reads('lists units'),
    after: (judged, options, _call, scene, verb) => {
      if (
        /^(stop|disable|mask|kill|isolate)$/.test(verb) &&
        options.has('list')
      )
        return judged;
      if (/^(disable|mask)$/.test(verb) && !isOn(options, 'now'))
        return {
          ...judged,
          effect: 'change',
          because: `keeps from starting by itself: ${options.operands
            .slice(1)
            .map(one => scene.show(one.value))
            .join(' ')}`,
        };
      if (verb === 'edit')
        return {
          ...judged,
          interactive: needsEditor('`systemctl edit` opens an editor'),
        };
      return judged;
    },
  },
  `
read | status, is-active, is-enabled, is-failed, is-system-running, list-units, list-unit-files, list-timers, list-sockets, list-dependencies, list-jobs, show, cat, get-default, show-environment, help, list-machines, list-paths | looks at services: {names}
change | daemon-reload, daemon-reexec | reads the definitions of services again
change | start, restart, reload, try-restart, reload-or-restart, try-reload-or-restart, enable, unmask, set-property, reset-failed, edit, set-default, preset, link, set-environment, unset-environment, import-environment, reenable, thaw, freeze, add-wants, revert | {does} {names}
destructive | stop, disable, mask, kill, isolate, cancel, clean | {does} {names}
destructive | poweroff, halt, suspend, hibernate, exit | stops the machine
destructive | reboot, kexec, soft-reboot, rescue, emergency, default, switch-root | restarts the machine
`,
);

const service: ToolRule = (call, scene) => {
  const words = call.args.filter(one => !one.value.startsWith('-'));
  if (call.args.some(one => one.value === '--status-all'))
    return reads('lists services');
  const [name, verb] = words;
  if (!verb || verb.certainty !== 'exact')
    return isUnknown(
      `does something with service ${name ? scene.show(name.value) : ''}`,
    );
  const says = scene.show(name.value);
  if (/^(status|configtest)$/.test(verb.value))
    return reads(`asks whether ${says} runs`);
  if (/^(stop|force-stop|kill)$/.test(verb.value))
    return destroys(`stops ${says}`);
  return /^(start|restart|reload|force-reload|try-restart|condrestart)$/.test(
    verb.value,
  )
    ? changes(`${inWords(verb.value)} ${says}`)
    : isUnknown(`does ${scene.show(verb.value)} of ${says}`);
};

const journalctl: ToolRule = call => {
  const options = parseOptions(call.args, {
    values:
      'u unit n lines S since U until p priority o output b boot t identifier D directory file M machine g grep k_ vacuum-size vacuum-time vacuum-files user-unit c cursor after-cursor facility root namespace',
    abbreviates: true,
  });
  if (
    options.given.some(one =>
      /^(vac|rot|flu|syn|rel|smart|setup|update-c)/.test(one.name),
    )
  ) {
    return options.given.some(one => /^vac/.test(one.name))
      ? destroys('deletes old logs of the machine')
      : changes('changes the logs of the machine');
  }
  return reads(
    'reads the logs of the machine',
    isOn(options, 'f', 'follow')
      ? {
          interactive: endless(
            '`journalctl -f` follows logs until it is stopped',
          ),
        }
      : {},
  );
};

/** What runs on a machine, when it runs, and the machine itself. */
export const serviceTools: Record<string, ToolRule> = {
  systemctl,
  service,
  'rc-service': service,
  journalctl,
  loginctl: verbTool(
    'loginctl',
    { values: 'p property' },
    `
read | list-sessions, list-users, session-status, user-status, show-session, show-user, show-seat | looks at sessions
destructive | terminate-session, terminate-user, kill-session, kill-user | ends sessions: {names}
change | enable-linger, disable-linger, lock-session, unlock-session, activate | changes sessions: {names}
`,
  ),
  hostnamectl: verbTool(
    'hostnamectl',
    { bare: reads('shows the name of the machine') },
    `
read | status | shows the name of the machine
change | set-hostname, hostname, set-location, set-deployment | renames the machine
`,
  ),
  timedatectl: verbTool(
    'timedatectl',
    { bare: reads('shows the clock') },
    `
read | status, show, list-timezones, timesync-status, show-timesync | shows the clock
change | set-time, set-timezone, set-ntp, set-local-rtc | sets the clock
`,
  ),
  resolvectl: verbTool(
    'resolvectl',
    {
      bare: reads('shows name servers'),
      after: (judged, options, _call, _scene, verb) =>
        /^(dns|domain)$/.test(verb) && options.operands.length > 2
          ? changes('changes the name server')
          : judged,
    },
    `
read | status, query, statistics, show-cache, dns, domain, service, openpgp, tlsa | asks the name server
change | flush-caches, reset-statistics, reset-server-features, log-level, revert | changes the name server
`,
  ),
  hwclock: call =>
    call.args.some(one =>
      /^(-[wsa]|--(systohc|hctosys|set|adjust))/.test(one.value),
    )
      ? changes('sets a clock of the machine')
      : reads('shows the clock of the machine'),
  'systemd-resolve': call =>
    call.args.some(one => /^--(flush|reset|set|revert)/.test(one.value))
      ? changes('changes the name server')
      : reads('asks the name server'),
  chronyc: verbTool(
    'chronyc',
    { flags: 'n a' },
    `
read | tracking, sources, sourcestats, activity, ntpdata, clients, rtcdata, serverstats, selectdata | looks at the clock
change | makestep, online, offline, burst, add, waitsync, refresh, reselect | sets the clock
destructive | shutdown, delete, deny, reset | changes the clock service
`,
  ),
  reboot: destroyer('restarts the machine'),
  shutdown: destroyer('stops the machine'),
  poweroff: destroyer('stops the machine'),
  halt: destroyer('stops the machine'),
  init: destroyer('changes what the machine runs:'),
  telinit: destroyer('changes what the machine runs:'),
  crontab: call => {
    if (call.input?.kind === 'text')
      return destroys('replaces all scheduled jobs with what it is given');
    if (call.args.some(one => /^-\w*r/.test(one.value)))
      return destroys('deletes all scheduled jobs');
    if (call.args.some(one => /^-\w*e/.test(one.value)))
      return changes('edits scheduled jobs', {
        interactive: needsEditor('`crontab -e` opens an editor'),
      });
    return call.args.length > 0 &&
      call.args.every(
        (one, index) =>
          one.value === '-l' ||
          one.value === '-u' ||
          call.args[index - 1]?.value === '-u',
      )
      ? reads('lists scheduled jobs')
      : changes('replaces the scheduled jobs');
  },
  at: schedules,
  batch: schedules,
  sysctl: looksUnless(
    /^(-w|--write|-p|--load.*|--system|-f)$|=/,
    'shows settings of the kernel',
    changes('changes settings of the kernel'),
  ),
  modprobe: changer('loads or removes a kernel module:'),
  insmod: changer('loads a kernel module:'),
  rmmod: destroyer('removes kernel module'),
  ntpdate: looksUnless(
    /^(?!-q|-u|[\w.]*\.)/,
    'asks for the time',
    changes('sets the clock'),
  ),
  logger: changer('writes to the log of the machine:'),
  wall: changer('writes to everybody:'),
};

/** `at` and `batch` run later what they are given now. */
function schedules(call: Call, scene: Scene): Verdict {
  if (call.args.some(one => /^-(l|c|V)$/.test(one.value)))
    return reads('lists scheduled commands');
  if (call.args.some(one => /^-(r|d)$/.test(one.value)))
    return destroys('takes a scheduled command away');
  const when = call.args.map(one => scene.show(one.value)).join(' ');
  if (call.input?.kind !== 'text')
    return changes(`schedules a command: ${when}`);
  scene.interpretsAgain(call.input.argument, call.tool);
  const judged = scene.judgeText(call.input.text, scene);
  return atLeast(
    'change',
    { ...judged, because: `later: ${judged.because}` },
    `schedules a command: ${when}`,
  );
}

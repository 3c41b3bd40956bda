import { asks, endless, needsEditor, needsTerminal } from './interactive';
import { isOn, parseOptions } from './options';
import type { Call, Scene, ToolRule } from './scene';
import {
  changes,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from './verdict';
import { verbTool } from './verbTable';

const systemctl = verbTool(
  'systemctl',
  {
    values:
      'H host M machine t type state p property n lines o output s signal kill-who kill-whom job-mode root what',
    flags:
      'user system no-pager all a l full no-legend plain failed quiet q now',
    bare: reads('lists units'),
    after: (judged, options, _call, _scene, verb) => {
      if (
        /^(stop|disable|mask|kill|isolate)$/.test(verb) &&
        options.has('list')
      )
        return judged;
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
change | start, restart, reload, try-restart, reload-or-restart, try-reload-or-restart, enable, daemon-reload, daemon-reexec, unmask, set-property, reset-failed, edit, set-default, preset, link, set-environment, unset-environment, import-environment, reenable, thaw, freeze, add-wants, revert | changes services: {names}
destructive | stop, disable, mask, kill, isolate, poweroff, reboot, halt, rescue, emergency, suspend, hibernate, kexec, default, exit, cancel, clean, switch-root, soft-reboot | stops {names}
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
    ? changes(`does ${verb.value} of ${says}`)
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

const READ_PACKAGES =
  'list, search, show, info, policy, cache policy, check, check-update, depends, rdepends, history, repolist, provides, whatprovides, moo, madison, showpkg, stats, deps, outdated, config_, why, view, ls, freeze, check-upgrade, list installed, verify, doctor, version, download_, changelog, pkgnames, dumpavail, leaves, desc, uses, home';

function packages(tool: string, extra = ''): ToolRule {
  return verbTool(
    tool,
    {
      values: 't target-release c config-file o option n name r requirement',
      flags: 'y yes q qq assume-yes assumeyes no-install-recommends',
      after: (judged, options, call, _scene, verb) => {
        const confirmed =
          isOn(
            options,
            'y',
            'yes',
            'assume-yes',
            'assumeyes',
            'force-yes',
            'quiet',
            'q',
            'qq',
            'non-interactive',
            'n',
          ) ||
          /^(pip3?|apk|brew|gem|npm|snap)$/.test(tool) ||
          call.input !== undefined;
        if (
          isOn(options, 's', 'simulate', 'dry-run', 'just-print', 'no-act') &&
          /^apt/.test(tool)
        )
          return reads(`only rehearses: ${judged.because}`);
        return /^(install|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|reinstall|erase|downgrade|swap|groupinstall|update)$/.test(
          verb,
        ) &&
          !confirmed &&
          judged.effect !== 'read' &&
          !(verb === 'update' && /^apt/.test(tool))
          ? {
              ...judged,
              interactive: asks(`\`${tool} ${verb}\` asks whether to go on`),
            }
          : judged;
      },
    },
    `
read | ${READ_PACKAGES} | looks for packages
change | install, upgrade, dist-upgrade, full-upgrade, update, reinstall, add, build-dep, downgrade, groupinstall, localinstall, swap, refresh, makecache, clean, autoclean, mark, hold, unhold, link, tap, edit-sources, source, upgrade-minimal, config-manager, enable, disable, module, alias, set, connect, services, pin, unpin, cleanup, download, wheel, cache, config, switch, revert | changes the software of the machine: {names}
destructive | remove, purge, autoremove, erase, uninstall, del, rm, autopurge, unlink, untap, delete | removes software: {names}
${extra}`,
  );
}

const destroyer =
  (because: string): ToolRule =>
  (call: Call, scene: Scene) =>
    destroys(
      `${because} ${call.args
        .map(one => scene.show(one.value))
        .join(' ')}`.trim(),
    );
const changer =
  (because: string): ToolRule =>
  (call: Call, scene: Scene) =>
    changes(
      `${because} ${call.args
        .map(one => scene.show(one.value))
        .join(' ')}`.trim(),
    );

function iptables(call: Call): Verdict {
  if (call.args.some(one => one.certainty === 'words'))
    return changes('changes the firewall');
  const verbs = call.args.map(one => one.value);
  if (
    verbs.some(one =>
      /^(-F|--flush|-X|--delete-chain|-D|--delete|-Z|--zero)$/.test(one),
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
    /^(-[a-zA-Z]*[LS][a-zA-Z]*|--list|--list-rules|-C|--check|-V|--version|-h|--help)$/.test(
      one,
    ),
  )
    ? reads('shows the firewall')
    : changes('changes the firewall');
}

/** Reads where no argument asks for more. */
function looksUnless(
  dangerous: RegExp,
  because: string,
  otherwise: Verdict,
): ToolRule {
  return call =>
    call.args.some(
      one =>
        dangerous.test(one.value) ||
        (one.certainty === 'words' && /^[$`*]/.test(one.value)),
    )
      ? otherwise
      : reads(because);
}

function editor(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, { values: 'c cmd u S' });
  const file = options.operands[0];
  const silent = isOn(options, 'e', 's', 'es') && options.has('c');
  return isUnknown(
    `opens ${file ? scene.show(file.value) : 'an editor'} in ${call.tool}`,
    silent
      ? {}
      : {
          writes: [],
          interactive: needsEditor(`\`${call.tool}\` opens an editor`),
        },
  );
}

/** Services, packages, disks, accounts and the like of one machine. */
export const machineTools: Record<string, ToolRule> = {
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
    { bare: reads('shows name servers') },
    `
read | status, query, statistics, show-cache, dns, domain, service, openpgp, tlsa | asks the name server
change | flush-caches, reset-statistics, reset-server-features, log-level, revert | changes the name server
`,
  ),
  chronyc: verbTool(
    'chronyc',
    { flags: 'n a' },
    `
read | tracking, sources, sourcestats, activity, ntpdata, clients, rtcdata, serverstats, selectdata | looks at the clock
change | makestep, online, offline, burst, add, waitsync, refresh, reselect | sets the clock
destructive | shutdown, delete, deny, reset | changes the clock service
`,
  ),
  networkctl: looksUnless(
    /^(up|down|reload|reconfigure|renew|forcerenew|delete|edit)$/,
    'looks at the network',
    changes('changes the network'),
  ),
  nmcli: looksUnless(
    /^(up|down|add|mod|modify|delete|connect|disconnect|reload|on|off|edit|set|import|clone)$/,
    'looks at the network',
    changes('changes the network'),
  ),
  apt: packages('apt'),
  'apt-get': packages('apt-get'),
  'apt-cache': () => reads('looks for packages'),
  'apt-mark': looksUnless(
    /^(auto|manual|hold|unhold|minimize-manual|install|remove|purge)$/,
    'looks at packages',
    changes('marks packages'),
  ),
  yum: packages('yum'),
  dnf: packages('dnf'),
  microdnf: packages('microdnf'),
  zypper: packages('zypper'),
  apk: packages('apk'),
  pip: packages('pip'),
  pip3: packages('pip3'),
  pipx: packages('pipx'),
  gem: packages('gem'),
  brew: packages('brew', 'change | services | changes services: {names}'),
  snap: packages('snap'),
  choco: packages('choco'),
  asdf: packages('asdf'),
  pacman: looksUnless(
    /^-(?!Q|Ss|Si|Sl|Sg|F)/,
    'looks for packages',
    changes('changes the software of the machine'),
  ),
  rpm: looksUnless(
    /^-(?!q|V|-query|-verify|-qa)/,
    'looks at packages',
    changes('changes the software of the machine'),
  ),
  dpkg: looksUnless(
    /^-(?!l|L|s|S|p|-list|-status|-search|-get-selections|-print|-version|-verify|V|I|c|-info|-contents)/,
    'looks at packages',
    changes('changes the software of the machine'),
  ),
  'dpkg-query': () => reads('looks at packages'),
  'dpkg-reconfigure': changer('sets packages up again:'),
  'add-apt-repository': changer('adds a source of packages:'),
  iptables,
  ip6tables: iptables,
  'iptables-save': () => reads('shows the firewall'),
  'iptables-restore': destroyer('replaces the firewall'),
  nft: looksUnless(
    /^(add|insert|delete|flush|replace|destroy|create|reset|-f|rename|import)$/,
    'shows the firewall',
    destroys('changes the firewall'),
  ),
  ufw: looksUnless(
    /^(?!status|version|show|verbose|numbered|raw|app|list|info)/,
    'shows the firewall',
    changes('changes the firewall'),
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
  sysctl: looksUnless(
    /^(-w|--write|-p|--load.*|--system|-f)$|=/,
    'shows settings of the kernel',
    changes('changes settings of the kernel'),
  ),
  modprobe: changer('loads or removes a kernel module:'),
  insmod: changer('loads a kernel module:'),
  rmmod: destroyer('removes kernel module'),
  mount: call =>
    call.args.filter(one => !one.value.startsWith('-')).length === 0 &&
    !call.args.some(one => /^-\w*a/.test(one.value))
      ? reads('shows what is mounted')
      : changes('mounts a file system'),
  umount: destroyer('takes away the file system at'),
  swapoff: changer('switches swap off'),
  swapon: looksUnless(
    /^(?!-s$|--show|--summary|--noheadings|--bytes|--raw)/,
    'shows swap',
    changes('switches swap on'),
  ),
  mkswap: destroyer('overwrites a device for swap'),
  mkfs: destroyer('makes a new file system on'),
  'mkfs.ext4': destroyer('makes a new file system on'),
  'mkfs.xfs': destroyer('makes a new file system on'),
  mke2fs: destroyer('makes a new file system on'),
  wipefs: looksUnless(
    /^-\w*a|--all|-o|--offset/,
    'looks at a device',
    destroys('removes the marks of a file system'),
  ),
  fdisk: looksUnless(
    /^(?!-l$|--list|\/dev)/,
    'lists disks',
    destroys('changes the partitions of a disk'),
  ),
  parted: looksUnless(
    /^(mk|rm|resize|set|name|move|rescue|toggle|disk_|align-check_)/,
    'looks at disks',
    destroys('changes the partitions of a disk'),
  ),
  sfdisk: looksUnless(
    /^(?!-l$|-d$|--list|--dump|-V|--verify|\/dev)/,
    'lists disks',
    destroys('changes the partitions of a disk'),
  ),
  sgdisk: looksUnless(
    /^-(?!p|i|v|-print|-info|-verify)/,
    'lists disks',
    destroys('changes the partitions of a disk'),
  ),
  growpart: changer('grows a partition:'),
  resize2fs: changer('changes the size of a file system:'),
  xfs_growfs: changer('grows a file system:'),
  fsck: changer('repairs a file system:'),
  e2fsck: changer('repairs a file system:'),
  xfs_repair: changer('repairs a file system:'),
  tune2fs: looksUnless(
    /^-(?!l$)/,
    'looks at a file system',
    changes('changes a file system'),
  ),
  fstrim: changer('trims a file system:'),
  blkdiscard: destroyer('discards everything on'),
  cryptsetup: looksUnless(
    /^(?!status|luksDump|isLuks|luksUUID|--|benchmark|\/dev|-)/,
    'looks at an encrypted device',
    destroys('changes an encrypted device'),
  ),
  pvs: () => reads('lists volumes'),
  vgs: () => reads('lists volumes'),
  lvs: () => reads('lists volumes'),
  pvdisplay: () => reads('lists volumes'),
  vgdisplay: () => reads('lists volumes'),
  lvdisplay: () => reads('lists volumes'),
  pvcreate: destroyer('overwrites a device:'),
  vgcreate: changer('makes a volume group:'),
  lvcreate: changer('makes a volume:'),
  vgextend: changer('grows a volume group:'),
  lvextend: changer('grows a volume:'),
  lvresize: destroyer('changes the size of volume'),
  lvreduce: destroyer('shrinks volume'),
  lvremove: destroyer('deletes volume'),
  vgremove: destroyer('deletes volume group'),
  pvremove: destroyer('takes a device out of its group:'),
  pvresize: changer('grows a device:'),
  mdadm: looksUnless(
    /^--(?!detail|examine|query|version|verbose|scan)|^-(?![DEQsv-])/,
    'looks at arrays',
    destroys('changes an array'),
  ),
  zpool: verbTool(
    'zpool',
    {},
    `
read | list, status, iostat, get, history, events | looks at pools
change | create, add, attach, replace, import, online, scrub, trim, clear, set, upgrade, resilver, sync, reopen, initialize, checkpoint | changes pools: {names}
destructive | destroy, remove, detach, offline, export, labelclear, split | takes pools away: {names}
`,
  ),
  zfs: verbTool(
    'zfs',
    { values: 'o t s S' },
    `
read | list, get, diff, userspace, groupspace, holds, send | looks at file systems
change | create, clone, snapshot, snap, mount, set, inherit, promote, hold, release, share, allow, upgrade, load-key | changes file systems: {names}
destructive | destroy, rollback, receive, recv, rename, unmount, umount, unshare | deletes or overwrites file systems: {names}
`,
  ),
  ceph: (call, scene) => {
    const options = parseOptions(call.args, {
      values:
        'c conf i f format o k keyring name n cluster id m connect-timeout',
    });
    const line = options.operands.map(one => scene.show(one.value)).join(' ');
    if (
      options.unclear ||
      options.operands.some(
        one => one.certainty !== 'exact' && options.operands.indexOf(one) < 2,
      )
    )
      return isUnknown('what ceph is told to do is not known');
    if (
      /^(-?s|status|health|df|osd (tree|df|stat|status|dump|perf|pool (ls|get|stats)|blocked-by|find|metadata|ok-to-stop|safe-to-destroy|crush (tree|rule (ls|dump)|dump))|pg (stat|dump|dump_stuck|ls|map|query)|mon (stat|dump)|mgr (dump|module ls|services|stat)|fs (ls|status|dump|get)|versions?|quorum_status|crash (ls|info|stat)|config (get|dump|show|log)|auth (ls|list)|orch (ls|ps|status|host ls|device ls)|log last|tell \S+ version|features|node ls|time-sync-status|report|device ls|rbd ls|-w|balancer status|telemetry (show|status)|progress)( |$)/.test(
        line,
      ) ||
      (/^$/.test(line) && options.has('s', 'status', 'w'))
    )
      return reads(`looks at Ceph: ${line}`);
    if (
      /\b(rm|remove|delete|purge|destroy|purge-actual|out|down|lost|fail|unset|zap|stop|force-create-pg|del)\b/.test(
        line,
      )
    )
      return destroys(`takes something away of Ceph: ${line}`);
    return changes(`changes Ceph: ${line}`);
  },
  'ceph-volume': looksUnless(
    /^(zap|prepare|create|activate|batch|deactivate|migrate)$/,
    'looks at volumes',
    destroys('changes devices of Ceph'),
  ),
  rbd: looksUnless(
    /^(?!ls|list|info|status|du|showmapped|snap$|lock$|-|pool|mirror$)/,
    'looks at images',
    destroys('changes images of Ceph'),
  ),
  rados: looksUnless(
    /^(?!ls|lspools|df|stat|get_|listomapkeys|-|getxattr|listxattr|bench_)/,
    'looks at objects',
    destroys('changes objects of Ceph'),
  ),
  reboot: destroyer('restarts the machine'),
  shutdown: destroyer('stops the machine'),
  poweroff: destroyer('stops the machine'),
  halt: destroyer('stops the machine'),
  init: destroyer('changes what the machine runs:'),
  telinit: destroyer('changes what the machine runs:'),
  crontab: call => {
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
      : destroys('replaces all scheduled jobs');
  },
  at: changer('schedules a command:'),
  batch: changer('schedules a command'),
  useradd: changer('adds user'),
  adduser: changer('adds user'),
  groupadd: changer('adds group'),
  usermod: changer('changes user'),
  userdel: destroyer('deletes user'),
  deluser: destroyer('deletes user'),
  groupdel: destroyer('deletes group'),
  passwd: () =>
    changes('changes a password', {
      interactive: asks('`passwd` asks for a password'),
    }),
  chpasswd: changer('changes passwords'),
  chage: looksUnless(
    /^-(?!l$)/,
    'looks at an account',
    changes('changes an account'),
  ),
  visudo: () =>
    changes('edits who may do what', {
      interactive: needsEditor('`visudo` opens an editor'),
    }),
  'update-alternatives': looksUnless(
    /^--(?!display|list|query|get-selections)/,
    'looks at alternatives',
    changes('changes alternatives'),
  ),
  'update-ca-certificates': changer(
    'changes the certificates that the machine trusts',
  ),
  ldconfig: changer('changes where programs find libraries'),
  ntpdate: looksUnless(
    /^(?!-q|-u|[\w.]*\.)/,
    'asks for the time',
    changes('sets the clock'),
  ),
  logger: changer('writes to the log of the machine:'),
  wall: changer('writes to everybody:'),
  mail: changer('sends mail:'),
  sendmail: changer('sends mail:'),
  postqueue: looksUnless(
    /^-(?!p|j)/,
    'lists waiting mail',
    changes('sends waiting mail'),
  ),
  postsuper: destroyer('deletes or moves waiting mail'),
  nginx: call =>
    call.args.length > 0 &&
    call.args.every(one => /^-[tTvVqh]+$/.test(one.value))
      ? reads('checks the settings of nginx')
      : changes('starts, stops or reloads nginx'),
  apachectl: looksUnless(
    /^(?!configtest|-t|-S|-M|-v|-V|status|fullstatus)/,
    'looks at Apache',
    changes('starts, stops or reloads Apache'),
  ),
  haproxy: looksUnless(
    /^-(?!c$|f$|v|vv)/,
    'checks the settings of HAProxy',
    changes('starts HAProxy'),
  ),
  certbot: verbTool(
    'certbot',
    {
      values: 'd domain m email cert-name',
      flags: 'n non-interactive',
      rehearsal: ['dry-run'],
    },
    `
read | certificates, show_account | lists certificates
change | renew, certonly, run, install, enhance, register, update_account, reconfigure | renews certificates
destructive | delete, revoke, unregister, rollback | removes certificates
`,
  ),
  jcmd: (call, scene) => {
    const verb = call.args
      .slice(1)
      .map(one => scene.show(one.value))
      .join(' ');
    if (
      call.args.length <= 1 ||
      /^(help|Thread\.print|VM\.(version|flags|uptime|command_line|system_properties|native_memory|info|classloader_stats|metaspace)|GC\.(class_histogram|heap_info)|JFR\.check|PerfCounter\.print|Compiler\.(codecache|queue))\b/.test(
        verb,
      )
    )
      return reads('looks at a Java process');
    return changes(`tells a Java process to do ${verb}`);
  },
  jmap: (call, scene) => {
    const dump = call.args.find(one => /^-dump/.test(one.value));
    if (dump) {
      if (/file=\/(?!tmp)/.test(dump.value)) {
        return changes(
          `writes the memory of a process to a file (${scene.show(
            dump.value,
          )})`,
        );
      }
      if (scene.where === 'there') {
        return changes(
          'writes the memory of a process to a file and stops it meanwhile',
        );
      }
      return isLocal('writes the memory of a process to a file', {
        changesFiles: true,
      });
    }
    return call.args.some(one => /live/.test(one.value))
      ? changes('collects garbage of a Java process')
      : reads('looks at the memory of a Java process');
  },
  jstat: () => reads('looks at a Java process'),
  jinfo: looksUnless(
    /^-flag$|^-flag [+-]/,
    'looks at a Java process',
    changes('changes a Java process'),
  ),
  gdb: () =>
    isUnknown('looks into a process', {
      interactive: needsTerminal('`gdb` waits for what a person types'),
    }),
  'py-spy': looksUnless(
    /^(?!dump|top|record|-p|--pid|\d+|-)/,
    'looks at a Python process',
    isUnknown('does something with a Python process'),
  ),
  perf: looksUnless(
    /^(?!stat|top|record|report|list|version|-)/,
    'looks at what the machine does',
    isUnknown('runs perf'),
  ),
  iotop: () =>
    reads('shows disk use', {
      interactive: needsTerminal('`iotop` fills the screen until it is left'),
    }),
  iftop: () =>
    reads('shows network use', {
      interactive: needsTerminal('`iftop` fills the screen until it is left'),
    }),
  ncdu: () =>
    isUnknown('shows disk use and can delete', {
      interactive: needsTerminal('`ncdu` fills the screen until it is left'),
    }),
  vim: editor,
  vi: editor,
  nvim: editor,
  nano: editor,
  emacs: editor,
  pico: editor,
  ed: editor,
  code: editor,
  ex: editor,
  mcedit: editor,
  joe: editor,
  micro: editor,
  history: () => isLocal('shows what was typed'),
};

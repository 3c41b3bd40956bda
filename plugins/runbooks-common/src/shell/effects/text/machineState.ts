import { endless } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { changes, isUnknown, reads, type Verdict } from '../verdict';

/**
 * Programs that tell about the machine they run on and change nothing, one group a line: `programs | what they do`.
 * `{what}` stands for the first operand.
 */
const TELLS = `
df, findmnt, mountpoint, pydf | shows how full file systems are {what}
du | measures how much space {what} takes
free, numastat, pmap | shows how memory is used
lsblk, blkid, lsscsi, showmount | lists disks {what}
lscpu, lspci, lsusb, lshw, dmidecode, sensors, nproc, lsmem | lists the hardware
lsmod, lsns, ipcs, getconf, sysinfo | shows what the kernel holds
ps, pstree, pidof, pgrep, jps, pstack, jstack, lslocks | lists processes {what}
vmstat, iostat, mpstat, sar, pidstat, nfsstat, nfsiostat, dstat, slabtop, ioping | shows what the machine is busy with
w, who, users, last, lastb, lastlog | shows who is logged in
uptime, uname, arch, hostid, lsb_release, sw_vers, systemd-detect-virt | tells about the machine
netstat, ss, nstat, arp, sockstat | lists connections
lsof | lists open files {what}
getent | looks up {what}
smartctl | looks at the health of {what}
systemd-analyze, systemd-cgls, coredumpctl | looks at what the system started
dmsetup, multipath, iscsiadm, nvme, lsattr_, bridge, ibstat | looks at devices and links
iw, iwconfig, lldpcli, nfsiostat | shows the network
aureport, ausearch, pg_lsclusters, needs-restarting, needrestart | looks at the machine
cal, tty, locale | shows settings of the machine
`;

/** Options that make a program of the table do more than look. */
const MORE_THAN_LOOKING: Record<string, [RegExp, string]> = {
  ss: [/^-\w*K|^--kill/, 'closes connections'],
  smartctl: [
    /^-(t|s|o|S|X)|^--(test|smart|offlineauto|saveauto|abort)/,
    'tests or sets a disk',
  ],
  arp: [/^-[sdf]/, 'changes the addresses of neighbours'],
  needrestart: [/^-r?a$|^-r$/, 'restarts services'],
  dmsetup: [
    /^(create|remove|remove_all|suspend|resume|load|clear|rename|message|wipe_table|mknodes)$/,
    'changes devices',
  ],
  multipath: [/^-(f|F|r|a|A|w|W)/, 'changes devices'],
  iscsiadm: [/^-\w*[luRo]$|^--(login|logout|op|rescan)/, 'changes devices'],
  nvme: [
    /^(?!list|smart-log|id-|-|\/|show-|error-log|fw-log)/,
    'changes devices',
  ],
  bridge: [/^(add|del|delete|set|replace|append)$/, 'changes the network'],
  'systemd-analyze': [/^(set-|log-)/, 'changes the logs of the system'],
  coredumpctl: [/^(debug|gdb)$/, 'opens a debugger'],
  lldpcli: [/^(configure|pause|resume|update)$/, 'changes the network'],
  iw: [/^(set|del|add|connect|disconnect|link-)/, 'changes the network'],
};

/** Programs that go on for ever when they are given an interval and no count. */
const REPEATS = /^(vmstat|iostat|mpstat|sar|pidstat|dstat|numastat|nfsiostat)$/;

/** Programs that look at the state of the machine. */
export const machineStateTools: Record<string, ToolRule> = Object.fromEntries(
  TELLS.split('\n').flatMap(line => {
    const [names, says] = line.split(' | ');
    return says
      ? names.split(', ').map(name => [name, tells(says)] as const)
      : [];
  }),
);

function tells(says: string): ToolRule {
  return (call, scene) => {
    const more = MORE_THAN_LOOKING[call.tool];
    if (more && call.args.some(one => more[0].test(one.value)))
      return isUnknown(more[1]);
    return reads(sentence(says, call, scene), follows(call));
  };
}

function sentence(says: string, call: Call, scene: Scene): string {
  const first = parseOptions(call.args).operands[0];
  const what =
    first && !/^(ps|netstat)$/.test(call.tool)
      ? scene.show(first.value).slice(0, 60)
      : '';
  return says.includes('{what} ')
    ? says.replace('{what}', what || 'each folder')
    : says.replace(' {what}', what && !/^\d+$/.test(what) ? ` (${what})` : '');
}

function follows(call: Call): Partial<Verdict> {
  const { tool, args } = call;
  const words = args.map(one => one.value);
  const repeats =
    REPEATS.test(tool) && words.filter(one => /^\d+$/.test(one)).length === 1;
  const watches =
    tool === 'free' && words.some(one => /^-s|^--seconds/.test(one));
  const counted = words.some(one => /^-c\d*$|^--count/.test(one));
  return (repeats || watches) && !counted
    ? { interactive: endless(`\`${tool}\` goes on until it is stopped`) }
    : {};
}

/** `dmesg`: may also clear what it prints. */
export const dmesg: ToolRule = call => {
  const options = parseOptions(call.args, { values: 'l level f facility n s' });
  if (isOn(options, 'C', 'clear', 'c', 'read-clear'))
    return changes('clears the messages of the kernel');
  if (
    isOn(options, 'D', 'console-off', 'E', 'console-on', 'n', 'console-level')
  )
    return changes('changes which messages of the kernel are shown');
  return reads(
    'prints the messages of the kernel',
    isOn(options, 'w', 'follow', 'W', 'follow-new')
      ? { interactive: endless('`dmesg -w` goes on until it is stopped') }
      : {},
  );
};

/** `hostname`: prints the name of the machine, or sets it. */
export const hostname: ToolRule = call =>
  call.args.some(
    one =>
      !one.value.startsWith('-') || /^-(F|b)|--file|--boot/.test(one.value),
  )
    ? changes('sets the name of the machine')
    : reads('prints the name of the machine');

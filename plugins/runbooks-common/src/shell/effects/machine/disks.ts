import { needsTerminal } from '../interactive';
import type { Call, Scene, ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { changes, destroys, reads, type Verdict } from '../verdict';
import { parseOptions } from '../options';
import { writesTo } from '../paths';
import { destroyer, changer, looksUnless } from './ruleMakers';

const lists = looksUnless(
  /^(?!-l$|-d$|--list|--dump|-V|--verify|\/dev)/,
  'lists disks',
  destroys('changes the partitions of a disk'),
);

/** Disks, volumes and file systems of a machine. */
export const diskTools: Record<string, ToolRule> = {
  mount: (call, scene) =>
    call.args.filter(one => !one.value.startsWith('-')).length === 0 &&
    !call.args.some(one => /^-\w*a/.test(one.value))
      ? reads('shows what is mounted')
      : changes(
          `mounts ${
            call.args
              .filter(one => !one.value.startsWith('-'))
              .map(one => scene.show(one.value))
              .join(' at ') || 'every file system'
          }`,
        ),
  umount: destroyer('takes away the file system at'),
  swapoff: changer('switches swap off'),
  swapon: looksUnless(
    /^(?!-s$|--show|--summary|--noheadings|--bytes|--raw)/,
    'shows swap',
    changes('switches swap on'),
  ),
  mkswap: (call, scene) => {
    const target = call.args[call.args.length - 1];
    const says = target ? scene.show(target.value) : 'a device';
    return target &&
      !target.value.startsWith('/dev/') &&
      target.certainty === 'exact'
      ? changes(`makes ${says} a file for swap`)
      : destroys(`overwrites ${says} for swap`);
  },
  mkfs: destroyer('makes a new file system on'),
  'mkfs.ext4': destroyer('makes a new file system on'),
  'mkfs.xfs': destroyer('makes a new file system on'),
  mke2fs: destroyer('makes a new file system on'),
  wipefs: looksUnless(
    /^-\w*a|--all|-o|--offset/,
    'looks at a device',
    destroys('removes the marks of a file system'),
  ),
  fdisk: partitions,
  gdisk: partitions,
  cfdisk: partitions,
  parted: looksUnless(
    /^(mk|rm|resize|set|name|move|rescue|toggle|disk_|align-check_)/,
    'looks at disks',
    destroys('changes the partitions of a disk'),
  ),
  sfdisk: (call, scene) =>
    call.input || call.piped
      ? destroys('changes the partitions of a disk')
      : lists(call, scene),
  sgdisk: looksUnless(
    /^-(?!p|i|v|-print|-info|-verify)/,
    'lists disks',
    destroys('changes the partitions of a disk'),
  ),
  fallocate: allocates,
  e2label: labels,
  xfs_admin: labels,
  growpart: changer('grows a partition:'),
  resize2fs: changer('changes the size of a file system:'),
  xfs_growfs: changer('grows a file system:'),
  fsck: repairs,
  e2fsck: repairs,
  xfs_repair: repairs,
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
};

/** A partition tool without a list to print or orders to follow asks a person. */
function partitions(call: Call, scene: Scene): Verdict {
  const words = call.args.map(one => one.value);
  if (
    words.some(one =>
      /^(-[^\Wl]*l\w*|--list|-V|--version|-h|--help|-s|--getsz|-p)$/.test(one),
    )
  )
    return reads('lists disks');
  const disk = call.args.find(one => !one.value.startsWith('-'));
  const says = `changes the partitions of ${
    disk ? scene.show(disk.value) : 'a disk'
  }`;
  return call.input
    ? destroys(says)
    : destroys(says, {
        interactive: needsTerminal(
          `\`${call.tool}\` waits for what a person types`,
        ),
      });
}

function repairs(call: Call, scene: Scene): Verdict {
  const disk = call.args[call.args.length - 1];
  const says = disk ? scene.show(disk.value) : 'a file system';
  return call.args.some(one => /^-([^\WnN]*[nN]\w*)$/.test(one.value)) &&
    !call.args.some(one => /^-\w*[ypa]/.test(one.value))
    ? reads(`looks for faults of ${says}`)
    : changes(`repairs ${says}`);
}

function allocates(call: Call, scene: Scene): Verdict {
  const [file] = parseOptions(call.args, {
    values: 'l length o offset',
  }).operands;
  return file
    ? writesTo(file, scene, 'makes room in')
    : changes('makes room for a file');
}

function labels(call: Call, scene: Scene): Verdict {
  const names = call.args.map(one => scene.show(one.value)).join(' ');
  return call.args.length > 1
    ? changes(`labels a file system: ${names}`)
    : reads(`shows the label of ${names}`);
}

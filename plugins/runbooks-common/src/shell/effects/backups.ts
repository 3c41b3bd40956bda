import type { Argument } from '../words';
import { liesOutside, placeOf, writesTo } from './paths';
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

const REMOTE = /^[\w.-]+:(?!\\)/;

/** Tools that keep copies of data, and those that copy to stores of objects. */
export const backupTools: Record<string, ToolRule> = {
  restic: verbTool(
    'restic',
    {
      values:
        'r repo repository-file p password-file password-command o option H host tag path t target i include e exclude keep-last keep-hourly keep-daily keep-weekly keep-monthly keep-yearly keep-within limit-upload limit-download cache-dir',
      flags: 'no-lock json no-cache',
      rehearsal: ['dry-run', 'n'],
      after: (judged, options, _call, scene, verb) =>
        verb === 'restore'
          ? restored(options.value('t', 'target'), scene)
          : judged,
    },
    `
read | snapshots, ls, stats, check, find, diff, cat, dump, list, version, cache | looks at backups: {names}
change | backup, init, copy, tag, unlock, key, rebuild-index, repair, migrate, self-update, recover, mount, restore | changes backups: {names}
destructive | forget, prune, rewrite | deletes backups: {names}
`,
  ),
  borg: verbTool(
    'borg',
    {
      values:
        'r repo a glob-archives P prefix keep-daily keep-weekly keep-monthly keep-hourly keep-within keep-last C compression',
      flags: 'info p progress s stats n',
      rehearsal: ['dry-run', 'n'],
    },
    `
read | list, info, check, diff, version, mount, umount | looks at backups: {names}
change | create, init, rename, rcreate, compact, break-lock, upgrade, with-lock, serve, import-tar, key, config | changes backups: {names}
files | extract, export-tar | unpacks a backup: {names}
destructive | delete, prune, recreate, rdelete | deletes backups: {names}
`,
  ),
  rclone: (call, scene) => rclone(call, scene),
  mc: verbTool(
    'mc',
    {
      values: 'older-than newer-than C config-dir',
      flags: 'json insecure',
      after: (judged, options, _call, scene, verb) => {
        const target = options.operands[options.operands.length - 1];
        if (
          /^(cp|mirror|get)$/.test(verb) &&
          target &&
          !isOn(options, 'remove') &&
          isHere(target)
        )
          return fetched(target, scene);
        return verb === 'mirror' && isOn(options, 'remove')
          ? destroys(
              'makes two places the same and deletes what is not in the first',
            )
          : judged;
      },
    },
    `
read | ls, stat, cat, head, du, find, tree, diff, ping, ready, version info, admin info, admin user list, admin user info, admin policy list, admin policy info, admin trace, admin logs, admin top, admin prometheus, alias list, ilm ls, event list, replicate status, watch, support | looks at an object store: {names}
files | alias set, alias remove, config, get | changes settings of mc
change | cp, mirror, put, mb, pipe, anonymous, policy, version enable, version suspend, tag, share, retention, legalhold, ilm, event, replicate, admin user add, admin policy, admin config, admin heal, admin update, encrypt, quota, undo, batch | changes an object store: {names}
destructive | rm, rb, mv, admin service, admin user remove, admin user disable, admin decommission, ilm rm | removes from an object store: {names}
`,
  ),
  s3cmd: verbTool(
    's3cmd',
    {
      values: 'c config',
      flags: 'recursive r force',
      rehearsal: ['dry-run', 'n'],
      after: (judged, options, _call, scene, verb) => {
        const target = options.operands[options.operands.length - 1];
        if (verb === 'sync' && isOn(options, 'delete-removed'))
          return destroys(
            'makes two places the same and deletes what is not in the first',
          );
        return verb === 'sync' && target && !/^s3:/.test(target.value)
          ? fetched(target, scene)
          : judged;
      },
    },
    `
read | ls, la, du, info, signurl, accesslog | looks at an object store: {names}
files | get | fetches {names}
change | put, sync, mb, cp, setacl, setpolicy, modify, restore, setlifecycle, expire | changes an object store: {names}
destructive | del, rm, rb, mv, delpolicy, dellifecycle | removes from an object store: {names}
`,
  ),
  'wal-g': walArchive('wal-g'),
  'wal-e': walArchive('wal-e'),
  pgbackrest: verbTool(
    'pgbackrest',
    {
      values:
        'stanza type set target repo config process-max log-level-console db-path pg1-path',
      flags: 'delta force online',
    },
    `
read | info, check, verify, version, repo-ls, repo-get, server-ping | looks at backups of PostgreSQL
change | backup, stanza-create, stanza-upgrade, start, archive-push, archive-get, annotate | changes backups of PostgreSQL
destructive | restore, stanza-delete, stop, expire | overwrites a database or deletes its backups
`,
  ),
  barman: verbTool(
    'barman',
    { values: 'c config f format', flags: 'q' },
    `
read | list-server, list-servers, list-backup, list-backups, show-server, show-servers, show-backup, check, status, check-backup, list-files, replication-status, diagnose, verify-backup | looks at backups of PostgreSQL
change | backup, switch-wal, switch-xlog, receive-wal, cron, archive-wal, keep, sync-backup, generate-manifest | changes backups of PostgreSQL: {names}
destructive | delete, recover, restore | overwrites a database or deletes its backups: {names}
`,
  ),
};

function walArchive(tool: string): ToolRule {
  return verbTool(
    tool,
    { values: 'config c', flags: '' },
    `
read | backup-list, wal-show, wal-verify, backup-show, st ls, st cat, st check | looks at backups of a database
change | backup-push, wal-push, stream-push, binlog-push, backup-mark, copy, st put | makes a backup of a database: {names}
destructive | backup-fetch, delete, wal-restore, binlog-replay, backup-restore, st rm | overwrites a database or deletes its backups: {names}
files | wal-fetch, st get | fetches {names}
`,
  );
}

function rclone(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values:
      'config transfers checkers bwlimit include exclude filter filter-from include-from exclude-from max-age min-age max-size min-size log-file log-level backup-dir suffix retries tpslimit buffer-size drive-chunk-size stats o',
  });
  const [verb, ...paths] = options.operands;
  if (!verb) return isLocal('shows the help of rclone');
  if (verb.certainty !== 'exact' || options.unclear)
    return isUnknown('what rclone is told to do is not known');
  const says = paths.map(one => scene.show(one.value)).join(' to ');
  if (isOn(options, 'dry-run', 'n'))
    return reads(`only rehearses: rclone ${verb.value} ${says}`);
  const target = paths[paths.length - 1];
  switch (verb.value) {
    case 'ls':
    case 'lsd':
    case 'lsl':
    case 'lsf':
    case 'lsjson':
    case 'size':
    case 'check':
    case 'cryptcheck':
    case 'cat':
    case 'about':
    case 'md5sum':
    case 'sha1sum':
    case 'hashsum':
    case 'tree':
    case 'listremotes':
    case 'version':
    case 'link':
    case 'ncdu':
    case 'test':
      return reads(`looks at ${says || 'stores'}`);
    case 'config':
      return isLocal('works with the settings of rclone');
    case 'copy':
    case 'copyto':
      return target && !REMOTE.test(target.value) && isHere(target)
        ? fetched(target, scene)
        : changes(`copies ${says}`);
    case 'sync':
    case 'move':
    case 'moveto':
    case 'delete':
    case 'deletefile':
    case 'purge':
    case 'rmdir':
    case 'rmdirs':
    case 'cleanup':
    case 'bisync':
    case 'dedupe':
      return destroys(`does rclone ${verb.value} ${says}, which deletes`);
    default:
      return changes(`does rclone ${verb.value} ${says}`);
  }
}

/** A path of this machine, not of a store behind an alias such as `minio/bucket`. */
function isHere(path: Argument): boolean {
  return /^(\.|~|\/|\$HOME)/.test(path.value);
}

function fetched(target: Argument, scene: Scene): Verdict {
  const judged = writesTo(target, scene, 'fetches files to');
  return judged.effect === 'local' ? { ...judged, effect: 'read' } : judged;
}

/** Unpacking a backup over the machine overwrites what is there. */
function restored(target: Argument | undefined, scene: Scene): Verdict {
  if (!target) return isUnknown('unpacks a backup; where to is not known');
  if (!liesOutside(target, scene) && placeOf(target, scene) === 'workspace')
    return fetched(target, scene);
  return destroys(`unpacks a backup over ${scene.show(target.value)}`);
}

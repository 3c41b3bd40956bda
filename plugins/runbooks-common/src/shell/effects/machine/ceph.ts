import { verbTool } from '../verbTable';
import { parseOptions } from '../options';
import type { ToolRule } from '../scene';
import { changes, destroys, isUnknown, reads } from '../verdict';
import { looksUnless } from './ruleMakers';

/** Ceph. */
export const cephTools: Record<string, ToolRule> = {
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
      /^(-?s|status|health(?! (un)?mute)|df|osd (tree|df|stat|status|dump|perf|pool (ls|get|stats)|blocked-by|find|metadata|ok-to-stop|safe-to-destroy|crush (tree|rule (ls|dump)|dump))|pg (stat|dump|dump_stuck|ls|map|query)|mon (stat|dump)|mgr (dump|module ls|services|stat)|fs (ls|status|dump|get)|versions?|quorum_status|crash (ls|info|stat)|config (get|dump|show|log)|auth (ls|list)|orch (ls|ps|status|host ls|device ls)|log last|tell \S+ version|features|node ls|time-sync-status|report|device ls|rbd ls|-w|balancer status|telemetry (show|status)|progress)( |$)/.test(
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
  rbd: verbTool(
    'rbd',
    {
      values:
        'p pool namespace image i id n name c conf k keyring m mon-host snap format dest-pool size s order data-pool',
      flags: 'no-progress a all l long',
    },
    `
read | ls, list, info, status, du, disk-usage, children, diff, device list, showmapped, snap ls, snap list, lock ls, lock list, mirror pool status, mirror pool info, mirror image status, pool stats, trash ls, trash list, image-meta list, image-meta get, watch, perf image iostat, namespace ls, namespace list, group list, migration status_, export, export-diff | looks at images: {names}
change | create, clone, cp, copy, resize, map, device map, import, snap create, snap protect, snap unprotect, snap limit, flatten, rename, mv, feature enable, feature disable, lock add, mirror pool enable, mirror image enable, mirror image promote, mirror image demote, mirror image resync, trash restore, migration prepare, migration execute, migration commit, pool init, namespace create, image-meta set, deep cp, config, sparsify, bench | {does} of Ceph: {names}
destructive | rm, remove, snap rm, snap remove, snap purge, snap rollback, snap revert, unmap, device unmap, trash mv, trash move, trash rm, trash purge, lock rm, lock remove, mirror pool disable, mirror image disable, migration abort, namespace rm, namespace remove, group rm, import-diff, merge-diff | {does} of Ceph: {names}
`,
  ),
  rados: looksUnless(
    /^(?!ls|lspools|df|stat|get_|listomapkeys|-|getxattr|listxattr|bench_)/,
    'looks at objects',
    destroys('changes objects of Ceph'),
  ),
};

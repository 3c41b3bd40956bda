import { endless, needsTerminal } from '../interactive';
import { isOn } from '../options';
import { isUnknown } from '../verdict';
import type { ToolRule } from '../scene';
import { verbTool } from '../verbTable';

/** Tools that keep programs running. */
export const processManagers: Record<string, ToolRule> = {
  supervisorctl: verbTool(
    'supervisorctl',
    {
      values:
        'c configuration s serverurl u username p password r history-file',
      flags: 'i interactive n nodaemon',
      bare: isUnknown('opens supervisorctl', {
        interactive: needsTerminal('`supervisorctl` waits for commands'),
      }),
      after: (judged, options, call, _scene, verb) =>
        (verb === 'tail' && call.args.some(one => one.value === '-f')) ||
        (verb === 'maintail' && isOn(options, 'f'))
          ? {
              ...judged,
              interactive: endless('`tail -f` goes on until it is stopped'),
            }
          : judged,
    },
    `
read | status, tail, maintail, avail, pid, version, help | looks at programs that supervisord runs: {names}
read | fg | shows what a program prints: {names}
change | start, restart, reread, update, reload, add, signal, clear | {does} {names}, which supervisord runs
destructive | stop, remove, shutdown | {does} {names}, which supervisord runs
`,
  ),
  monit: verbTool(
    'monit',
    { values: 'c d g l p s', flags: 'I' },
    `
read | status, summary, report, validate, procmatch | looks at what monit watches
change | start, restart, reload, monitor, unmonitor | {does} {names}, which monit runs
destructive | stop, quit | {does} {names}, which monit runs
`,
  ),
  virsh: verbTool(
    'virsh',
    { values: 'c connect d debug l log', flags: 'r readonly' },
    `
read | list, dominfo, domstate, domblklist, domiflist, domifaddr, domstats, dumpxml, net-list, net-info, net-dumpxml, pool-list, pool-info, vol-list, vol-info, snapshot-list, snapshot-info, nodeinfo, hostname, version, vcpuinfo, dommemstat, capabilities | looks at virtual machines: {names}
change | start, reboot, resume, suspend, define, create, autostart, net-start, pool-start, pool-refresh, snapshot-create-as, snapshot-create, setvcpus, setmem, attach-disk, attach-interface, migrate, save, restore, vol-create-as, vol-resize, net-define, pool-define, domrename | {does} virtual machine {names}
destructive | destroy, undefine, shutdown, reset, snapshot-delete, snapshot-revert, vol-delete, vol-wipe, pool-delete, pool-destroy, pool-undefine, net-destroy, net-undefine, detach-disk, detach-interface, managedsave-remove | {does} virtual machine {names}
`,
  ),
};

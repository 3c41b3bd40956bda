import { needsTerminal } from '../interactive';
import type { ToolRule } from '../scene';
import { changes, isLocal, isUnknown, reads } from '../verdict';
import { looksUnless } from './ruleMakers';

/** Looking into processes. */
export const processTools: Record<string, ToolRule> = {
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
};

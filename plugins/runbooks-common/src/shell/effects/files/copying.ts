import { needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import { deletesAt, placeOf, writesTo } from '../paths';
import type { ToolRule } from '../scene';
import {
  changes,
  changesFiles,
  combined,
  destroys,
  isLocal,
  isUnknown,
  reads,
} from '../verdict';
import { fileTool, operandsOf } from './fileTool';

const copy: ToolRule = fileTool(
  { values: 't target-directory S suffix' },
  (options, scene, call) => {
    const paths = operandsOf(options);
    const target =
      options.value('t', 'target-directory') ?? paths[paths.length - 1];
    if (!target || (options.unclear && paths.length < 2))
      return isUnknown(`copies files, where to is not known`, { writes: [] });
    const verdicts = [
      writesTo(target, scene, call.tool === 'mv' ? 'moves files to' : 'writes'),
    ];
    if (call.tool === 'mv') {
      const sources = options.has('t', 'target-directory')
        ? paths
        : paths.slice(0, -1);
      verdicts.push(
        ...sources.map(path =>
          placeOf(path, scene) === 'workspace'
            ? changesFiles(`moves ${scene.show(path.value)}`)
            : changes(`moves ${scene.show(path.value)} away`),
        ),
      );
    }
    return combined(verdicts, 'copies nothing');
  },
);

const install: ToolRule = fileTool(
  { values: 'm mode o owner g group t target-directory' },
  (options, scene) => {
    const paths = operandsOf(options);
    const target =
      options.value('t', 'target-directory') ?? paths[paths.length - 1];
    return target
      ? writesTo(target, scene, 'installs files into')
      : isLocal('installs nothing');
  },
);

const link: ToolRule = fileTool(
  { values: 't target-directory S suffix' },
  (options, scene) => {
    const paths = operandsOf(options);
    const target =
      options.value('t', 'target-directory') ?? paths[paths.length - 1];
    if (!target) return isLocal('links nothing');
    const replaces =
      isOn(options, 'f', 'force') && placeOf(target, scene) !== 'workspace';
    if (!replaces) return writesTo(target, scene, 'links');
    return isOn(options, 's', 'symbolic') &&
      isOn(options, 'n', 'T', 'no-dereference', 'no-target-directory')
      ? changes(`points ${scene.show(target.value)} somewhere else`)
      : deletesAt(target, scene, 'replaces');
  },
);

const rsync: ToolRule = fileTool(
  {
    values:
      'e rsh f filter exclude include files-from exclude-from include-from log-file password-file bwlimit timeout port max-size min-size backup-dir suffix chmod rsync-path compare-dest link-dest T temp-dir block-size B out-format',
  },
  (options, scene) => {
    const paths = operandsOf(options);
    const target = paths[paths.length - 1];
    const remoteShell = options.value('e', 'rsh');
    if (
      options.has('rsync-path') ||
      (remoteShell &&
        !/^ssh\b(?!.*(?:ProxyCommand|LocalCommand))/i.test(remoteShell.value))
    ) {
      return isUnknown('rsync starts another program');
    }
    if (options.unclear || !target || paths.length < 2)
      return isUnknown('copies files; where to is not known', { writes: [] });
    const remote =
      /^(?!\/|\.)[^/]*:/.test(
        scene.show(target.value).replace(/^\$\{\w+\}/, 'x'),
      ) || target.value.startsWith('rsync://');
    if (isOn(options, 'dry-run', 'n'))
      return reads(`lists what would be copied to ${scene.show(target.value)}`);
    const deletes = options.given.some(one =>
      /^(del|delete.*|remove-source-files)$/.test(one.name),
    );
    if (
      deletes &&
      (remote ||
        placeOf(target, scene) !== 'workspace' ||
        options.has('remove-source-files'))
    ) {
      return destroys(
        `makes ${scene.show(
          target.value,
        )} the same as its source and deletes what is not there`,
      );
    }
    if (deletes) return deletesAt(target, scene, 'makes the same as a source');
    if (remote) return changes(`copies files to ${scene.show(target.value)}`);
    const kept = writesTo(target, scene, 'copies files to');
    return kept.effect === 'local' &&
      paths.some(one => /^(?!\/|\.)[^/]*:/.test(scene.show(one.value)))
      ? { ...kept, effect: 'read' }
      : kept;
  },
);

const scp: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: 'c F i J l o P S D X' });
  if (
    options.all('S').length > 0 ||
    options
      .all('o')
      .some(one => /proxycommand|localcommand/i.test(one.value?.value ?? ''))
  ) {
    return isUnknown('starts another program');
  }
  const paths = operandsOf(options);
  const target = paths[paths.length - 1];
  if (!target || options.unclear || paths.length < 2)
    return isUnknown('copies files; where to is not known', { writes: [] });
  const remote =
    /^(?!\/|\.)[^/]*:/.test(scene.show(target.value)) ||
    target.value.startsWith('scp://');
  if (remote) return changes(`copies files to ${scene.show(target.value)}`);
  const judged = writesTo(target, scene, 'copies files from another host to');
  return judged.effect === 'local' ? { ...judged, effect: 'read' } : judged;
};

const sftp: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, {
    values: 'B b c D F i J l o P R S s X',
  });
  const host = options.operands[0];
  const says = host ? scene.show(host.value) : 'a host';
  if (options.has('D', 'S')) return isUnknown('starts another program');
  if (options.has('b')) return isUnknown(`runs a file of orders on ${says}`);
  if (call.input?.kind !== 'text')
    return isUnknown(`opens ${says} to copy files`, {
      interactive: needsTerminal('`sftp` waits for what a person types'),
    });
  const lines = call.input.text.split('\n').map(line => line.trim());
  if (lines.some(line => /^-?(rm|rmdir|rename)\b/.test(line)))
    return destroys(`deletes or renames files on ${says}`);
  if (
    lines.every(line =>
      /^(-?(ls|cd|lcd|pwd|lpwd|get|mget|bye|exit|quit|version|df|stat)\b.*)?$/.test(
        line,
      ),
    )
  )
    return reads(`fetches files from ${says}`);
  return changes(`copies files to ${says}`);
};

/** Copying, moving and linking files, here and to other machines. */
export const copyingTools: Record<string, ToolRule> = {
  cp: copy,
  mv: copy,
  ln: link,
  install,
  rsync,
  scp,
  sftp,
  'ssh-copy-id': (call, scene) =>
    changes(
      `lets a key into ${call.args
        .map(one => scene.show(one.value))
        .slice(-1)
        .join('')}`,
    ),
};

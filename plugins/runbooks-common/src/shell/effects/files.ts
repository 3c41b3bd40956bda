import { needsTerminal } from './interactive';
import type { Argument } from '../words';
import { deletesAt, liesOutside, placeOf, writesTo } from './paths';
import { isOn, type Options, type OptionSpec, parseOptions } from './options';
import type { Call, Scene, ToolRule } from './scene';
import {
  changes,
  changesFiles,
  combined,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from './verdict';

function fileTool(
  spec: OptionSpec,
  judge: (options: Options, scene: Scene, call: Call) => Verdict,
): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, { abbreviates: true, ...spec });
    if (isOn(options, 'help', 'version'))
      return isLocal(`shows the help of ${call.tool}`);
    return judge(options, scene, call);
  };
}

function operandsOf(options: Options): Argument[] {
  return [...options.operands, ...(options.rest ?? [])];
}

/** Commands that write every operand. */
function writesAll(does: string, values = ''): ToolRule {
  return fileTool({ values }, (options, scene) =>
    combined(
      operandsOf(options).map(path => writesTo(path, scene, does)),
      does,
    ),
  );
}

/** Commands whose first operand is a mode or an owner and the rest are paths. */
function changesMode(does: string): ToolRule {
  return fileTool({ values: 'reference from' }, (options, scene) => {
    const paths = options.has('reference')
      ? operandsOf(options)
      : operandsOf(options).slice(1);
    return combined(
      paths.map(path => writesTo(path, scene, does)),
      does,
    );
  });
}

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

const remove: ToolRule = fileTool({}, (options, scene, call) => {
  const paths = operandsOf(options);
  if (paths.length === 0) return isLocal(`${call.tool} is given nothing`);
  return combined(
    paths.map(path => deletesAt(path, scene)),
    'deletes nothing',
  );
});

const tee: ToolRule = fileTool({}, (options, scene) =>
  combined(
    operandsOf(options).map(path => writesTo(path, scene)),
    'passes its input on',
  ),
);

const truncate: ToolRule = fileTool(
  { values: 's size r reference' },
  (options, scene) =>
    combined(
      operandsOf(options).map(path => deletesAt(path, scene, 'empties')),
      'empties nothing',
    ),
);

const dd: ToolRule = (call, scene) => {
  const output = call.args.find(one => one.value.startsWith('of='));
  if (call.args.some(one => one.certainty === 'words'))
    return destroys('copies raw data, where to is not known');
  if (!output) return isLocal('copies raw data to its output');
  const path = { ...output, value: output.value.slice(3) };
  const from = call.args.find(one => one.value.startsWith('if='));
  if (placeOf(path, scene) === 'nowhere')
    return from
      ? reads(`reads ${scene.show(from.value.slice(3))}`)
      : isLocal('copies raw data to nowhere');
  if (placeOf(path, scene) === 'workspace' && scene.where === 'here')
    return writesTo(path, scene, 'writes raw data to');
  const judged = deletesAt(path, scene, 'overwrites');
  return judged.effect === 'unknown' ? destroys(judged.because) : judged;
};

const tar: ToolRule = fileTool(
  {
    values:
      'f C file directory T files-from X exclude exclude-from I use-compress-program to-command',
  },
  (options, scene, call) => {
    const program = options.all(
      'to-command',
      'checkpoint-action',
      'I',
      'use-compress-program',
      'rsh-command',
      'F',
      'info-script',
    );
    if (program.length > 0)
      return isUnknown('tar starts another program', { writes: undefined });
    const first = call.args[0]?.value ?? '';
    const letters = first.startsWith('--') ? '' : first.replace(/^-/, '');
    const creates =
      /c|r|u/.test(letters) || options.has('create', 'append', 'update');
    const extracts = /x/.test(letters) || options.has('extract', 'get');
    const lists = /t/.test(letters) || options.has('list');
    const file =
      options.value('f', 'file') ??
      (first.startsWith('-') ? undefined : options.operands[1]);
    if (options.has('remove-files'))
      return destroys('packs files and deletes them');
    if (lists && !creates && !extracts) return isLocal('lists an archive');
    if (extracts) {
      if (/O/.test(letters) || options.has('to-stdout'))
        return isLocal('prints files of an archive');
      const into = options.value('C', 'directory');
      if (into) {
        return writesTo(into, scene, 'unpacks an archive into');
      }
      if (scene.inWorkspace) {
        return changesFiles('unpacks an archive');
      }
      return changes('unpacks an archive outside of the run');
    }
    if (!creates)
      return isUnknown('what tar is told to do is not known', { writes: [] });
    return file
      ? writesTo(file, scene, 'packs files into')
      : isLocal('packs files');
  },
);

const find: ToolRule = (call, scene) => {
  const { args } = call;
  const roots: Argument[] = [];
  for (const arg of args) {
    if (/^[-(!]/.test(arg.value)) break;
    roots.push(arg);
  }
  const verdicts: Verdict[] = [
    {
      ...isLocal(
        `looks for files in ${
          roots.map(one => scene.show(one.value)).join(' ') ||
          'the working directory'
        }`,
      ),
      effect: roots.some(one => liesOutside(one, scene)) ? 'read' : 'local',
    },
  ];
  if (
    args.some(one => one.certainty === 'words' && /^["']?[$`]/.test(one.value))
  ) {
    verdicts.push(
      isUnknown('what find is told to do is not known from the text', {
        writes: [],
      }),
    );
  }
  args.forEach((arg, index) => {
    if (arg.value === '-delete') {
      const from =
        roots.length > 0
          ? roots
          : [{ ...arg, value: './x', certainty: 'exact' as const }];
      verdicts.push(
        ...from.map(root =>
          deletesAt(asFolder(root), scene, 'deletes files below'),
        ),
      );
    }
    if (/^-(exec|execdir|ok|okdir)$/.test(arg.value)) {
      verdicts.push(foundCommand(args.slice(index + 1), roots, scene));
    }
    if (/^-(fprint0?|fprintf|fls)$/.test(arg.value) && args[index + 1])
      verdicts.push(writesTo(args[index + 1], scene));
  });
  return combined(verdicts, 'looks for files');
};

/** What is found below /tmp may belong to anybody. */
function asFolder(root: Argument): Argument {
  if (/^\/(tmp|var\/tmp)(\/|$)/.test(root.value))
    return { ...root, value: `/var/lib${root.value}` };

  return root.value === '.' ? { ...root, value: './x' } : root;
}

function foundCommand(
  args: readonly Argument[],
  roots: readonly Argument[],
  scene: Scene,
): Verdict {
  const end = args.findIndex(one => one.value === ';' || one.value === '+');
  const words = (end < 0 ? args : args.slice(0, end)).map(one =>
    one.value === '{}'
      ? {
          ...one,
          value: `${asFolder(roots[0] ?? { ...one, value: '.' }).value}/found`,
        }
      : one,
  );
  return scene.judgeCommand(words, scene);
}

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

const kill: ToolRule = (call, scene) => {
  const first = call.args[0]?.value ?? '';
  const named =
    /^-(?:s|n|signal)?$/.test(first) || first === '--signal'
      ? call.args[1]?.value ?? ''
      : first.replace(/^--signal=|^-/, '');
  const hasSignal = first.startsWith('-');
  const signal = hasSignal ? named.toUpperCase().replace(/^SIG/, '') : 'TERM';
  const targets = call.args
    .filter(one => !one.value.startsWith('-') && one.value !== named)
    .map(one => scene.show(one.value));
  const who = targets.join(' ') || 'processes';
  if (/^(L|LIST|TABLE)$/.test(signal)) return isLocal('lists signals');
  if (
    call.tool === 'kill' &&
    scene.where === 'here' &&
    targets.length > 0 &&
    targets.every(one => /^(%\d*|\$!)$/.test(one))
  ) {
    return isLocal(`stops a process that this text started (${who})`);
  }
  if (signal === '0') return reads(`asks whether ${who} runs`);
  if (
    /^(TTIN|QUIT|3|HUP|1|USR1|USR2|10|12|WINCH|CONT|18|21|STOP|19|TSTP)$/.test(
      signal,
    )
  ) {
    return changes(`sends ${signal} to ${who}`);
  }
  return destroys(`stops ${who}`);
};

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

/** Commands on files. */
export const fileTools: Record<string, ToolRule> = {
  mkdir: writesAll('creates folder', 'm mode Z context'),
  touch: writesAll('touches', 'd date r reference t time'),
  mkfifo: writesAll('creates', 'm mode'),
  chmod: changesMode('changes the mode of'),
  chown: changesMode('changes the owner of'),
  chgrp: changesMode('changes the group of'),
  chattr: changesMode('changes attributes of'),
  setfacl: changesMode('changes access to'),
  cp: copy,
  mv: copy,
  ln: link,
  install,
  rm: remove,
  unlink: remove,
  rmdir: remove,
  shred: remove,
  srm: remove,
  truncate,
  tee,
  dd,
  tar,
  bsdtar: tar,
  find,
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
  kill,
  pkill: kill,
  killall: kill,
  split: () => changesFiles('splits a file'),
  csplit: () => changesFiles('splits a file'),
  mktemp: () => changesFiles('makes a temporary file'),
  gzip: compress,
  gunzip: compress,
  bzip2: compress,
  bunzip2: compress,
  xz: compress,
  unxz: compress,
  zstd: compress,
  lz4: compress,
  zip: fileTool({ values: 'P x i b t' }, (options, scene) => {
    const [archive] = operandsOf(options);
    if (isOn(options, 'm', 'move'))
      return destroys('packs files and deletes them');
    return archive
      ? writesTo(archive, scene, 'packs files into')
      : isLocal('packs files');
  }),
  unzip: fileTool({ values: 'd x P' }, (options, scene) => {
    if (isOn(options, 'l', 'Z', 't', 'v', 'p'))
      return isLocal('reads an archive');
    const into = options.value('d');
    if (into) {
      return writesTo(into, scene, 'unpacks an archive into');
    }
    if (scene.inWorkspace) {
      return changesFiles('unpacks an archive');
    }
    return changes('unpacks an archive');
  }),
};

function compress(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'S suffix T threads',
    abbreviates: true,
  });
  const paths = operandsOf(options);
  if (
    isOn(options, 'c', 'stdout', 'to-stdout', 'l', 'list', 't', 'test') ||
    paths.length === 0
  )
    return isLocal('packs or unpacks its input');
  return combined(
    paths.map(path => writesTo(path, scene, 'packs or unpacks')),
    'packs nothing',
  );
}

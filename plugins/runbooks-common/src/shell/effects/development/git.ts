import type { Argument } from '../../words';
import { needsEditor, needsTerminal } from '../interactive';
import { isOn, type Options, parseOptions } from '../options';
import { placeOf, writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import {
  changes,
  changesFiles,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';

/**
 * What only adds to the repository of the run (a clone, a commit, a branch) is local. What decides which code is
 * checked out (pull, checkout, merge, revert) is a change, since later steps build and deploy that code, and since the
 * checkout may be the one that a service runs from. What throws work away is destructive.
 */
const gitTable = verbTool(
  'git',
  {
    values:
      'C c git-dir work-tree namespace exec-path super-prefix config-env m message F file b B n max-count since until author format pretty date depth branch o origin t X S L',
    flags: 'no-pager paginate p bare no-replace-objects',
  },
  `
local | status, log, diff, show, blame, describe, rev-parse, rev-list, shortlog, whatchanged, ls-files, ls-tree, cat-file, grep, name-rev, merge-base, for-each-ref, show-ref, count-objects, check-ignore, check-attr, var, version, help, diff-tree, diff-index, diff-files, cherry, range-diff, reflog, stash list, stash show, remote get-url, worktree list, submodule status, notes show, bundle verify, verify-commit, verify-tag, fsck, symbolic-ref, annotate, bisect log, config --get, config get, config list, lfs ls-files, show-branch | looks at the repository ({verb})
read | ls-remote, remote show, lfs status, lfs env | looks at a remote repository: {names}
files | add, commit, init, clone, fetch, stash, stash push, stash save, tag, branch, config, remote, remote add, remote set-url, remote rename, remote remove, remote rm, worktree add, submodule init, submodule add, sparse-checkout, bisect, notes, lfs install, lfs pull, lfs fetch, lfs track, format-patch, archive, bundle create, pack-refs, repack, rerere, maintenance, gc, hash-object, commit-tree, write-tree, remote prune, remote update, submodule sync, difftool | changes the repository of the run ({verb}): {names}
change | pull | fetches commits {names|of the remote branch} and checks them out
change | checkout, switch | checks out {names}
change | merge | merges {names} into the branch that is checked out
change | rebase | puts the commits of the branch on top of {names|another branch}
change | cherry-pick | takes over commit {names}
change | revert | makes a commit that takes {names} back
change | am, apply, stash pop, stash apply, mv, worktree remove, submodule update, update-index, update-ref, read-tree, submodule deinit, mergetool, lfs checkout, lfs migrate, subtree, rm | changes the code that is checked out ({verb}): {names}
destructive | stash drop, stash clear, reflog expire, reflog delete, filter-repo, prune | throws away work of the repository ({verb})
`,
);

const GLOBAL =
  'C c git-dir work-tree namespace exec-path super-prefix config-env';

/** git: what it does to the checked-out repository and to the remote one. */
export const git: ToolRule = (call, scene) => {
  const judged = judgeGit(call, scene);
  const folder = parseOptions(call.args, {
    values: GLOBAL,
    stopsAtOperand: true,
  }).value('C', 'git-dir', 'work-tree');
  const outside = folder
    ? placeOf(folder, scene) !== 'workspace' && folder.value !== '.'
    : !scene.inWorkspace;
  return outside && judged.changesFiles && judged.effect === 'local'
    ? changes(`${judged.because}, outside of the run`, {
        interactive: judged.interactive,
      })
    : judged;
};

interface GitCall {
  args: Options;
  names: string;
  call: Call;
  scene: Scene;
}

const STARTS_PROGRAM =
  /^(alias\.|core\.(pager|editor|sshcommand|fsmonitor|hookspath|askpass)|.*\.(cmd|command|program|helper|textconv|process|clean|smudge|driver)|diff\.external|sequence\.editor|gpg\.|protocol\.(ext\.)?allow|protocol\.ext|uploadpack|credential|init\.templatedir|http\.proxy|url\.)/i;

/** The verbs whose options decide; undefined where the table knows best. */
const VERBS: Record<string, (git: GitCall) => Verdict | undefined> = {
  push: judgePush,
  commit: ({ args }) =>
    changesFiles(
      `makes a commit${isOn(args, 'amend') ? ' in place of the last one' : ''}`,
      opensEditor(args)
        ? { interactive: needsEditor('`git commit` opens an editor') }
        : {},
    ),
  rebase: ({ args, call, scene }) =>
    args.has('exec', 'x')
      ? isUnknown('git starts another program')
      : {
          ...gitTable(call, scene),
          ...(isOn(args, 'i', 'interactive')
            ? { interactive: needsEditor('`git rebase -i` opens an editor') }
            : {}),
        },
  checkout: judgeCheckout,
  switch: ({ args, names }) => {
    if (isOn(args, 'f', 'force', 'discard-changes'))
      return destroys(`throws changes away and checks out ${names}`);
    return args.has('c', 'create', 'C', 'force-create')
      ? changesFiles('makes a branch')
      : undefined;
  },
  restore: ({ args, names }) =>
    isOn(args, 'S', 'staged') && !isOn(args, 'W', 'worktree')
      ? changesFiles(`takes ${names} out of the next commit`)
      : destroys(`throws changes of ${names} away`),
  reset: ({ args, names }) =>
    isOn(args, 'hard', 'merge', 'keep') || args.unclear
      ? destroys(
          `sets the checkout to ${
            names || 'the last commit'
          } and throws changes away`,
        )
      : changesFiles(`takes commits or changes back, keeping the files`),
  clean: ({ args }) =>
    isOn(args, 'n', 'dry-run')
      ? isLocal('lists the files that would be deleted')
      : destroys('deletes files that git does not know'),
  branch: ({ args, names }) => {
    if (
      isOn(args, 'D') ||
      (isOn(args, 'd', 'delete') && isOn(args, 'f', 'force'))
    )
      return destroys(`deletes branch ${names}, merged or not`);
    return isOn(args, 'd', 'delete')
      ? changes(`deletes branch ${names}, which is merged`)
      : undefined;
  },
  tag: ({ args, names }) => {
    if (isOn(args, 'd', 'delete')) return changes(`deletes tag ${names}`);
    return args.operands.length === 0 || isOn(args, 'l', 'list')
      ? isLocal('lists tags')
      : changesFiles(`makes tag ${names}`);
  },
  remote: ({ args }) => {
    if (args.operands.some(one => /^ext::/.test(one.value)))
      return isUnknown('git is told to start another program');
    return args.operands.length === 0
      ? isLocal('lists remote repositories')
      : undefined;
  },
  config: ({ args }) =>
    args.operands.some(one => STARTS_PROGRAM.test(one.value)) &&
    !args.has('get', 'get-all', 'unset', 'list', 'l')
      ? isUnknown('lets git start another program')
      : undefined,
  add: ({ args, names }) =>
    isOn(args, 'p', 'patch', 'i', 'interactive')
      ? changesFiles('stages changes', {
          interactive: needsTerminal('asks for each change'),
        })
      : changesFiles(`stages ${names}`),
  submodule: ({ args }) =>
    args.operands[0]?.value === 'foreach'
      ? isUnknown('runs a command in each submodule')
      : undefined,
  bisect: ({ args }) =>
    args.operands[0]?.value === 'run'
      ? isUnknown('runs a command again and again')
      : undefined,
  lfs: ({ args }) =>
    args.operands[0]?.value === 'push'
      ? changes('pushes large files')
      : undefined,
  log: judgeLook,
  diff: judgeLook,
  show: judgeLook,
  grep: judgeLook,
  archive: one =>
    one.args.has('exec')
      ? isUnknown('git is told to start another program')
      : undefined,
  difftool: one =>
    one.args.has('x', 'extcmd', 't', 'tool')
      ? isUnknown('git starts another program')
      : undefined,
  'ls-remote': one => startsProgram(one) ?? reads(`looks at ${one.names}`),
  clone: one => startsProgram(one) ?? changesFiles(`fetches ${one.names}`),
  fetch: one =>
    startsProgram(one) ?? changesFiles(`fetches commits ${one.names}`.trim()),
  pull: startsProgram,
  'filter-branch': () =>
    isUnknown('rewrites the history with a program that it is given'),
  'send-email': () => isUnknown('sends mail'),
  svn: () => isUnknown('talks to another kind of repository'),
  p4: () => isUnknown('talks to another kind of repository'),
  daemon: () => isUnknown('serves repositories'),
  'http-backend': () => isUnknown('serves repositories'),
  instaweb: () => isUnknown('serves repositories'),
};

function judgeGit(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: GLOBAL,
    stopsAtOperand: true,
  });
  const [verb, ...rest] = options.operands;
  const settings = options.all('c', 'config-env');
  if (settings.some(one => STARTS_PROGRAM.test(one.value?.value ?? '')))
    return isUnknown('git is told to start another program');
  if (options.all('exec-path').some(one => one.value))
    return isUnknown('git takes its programs from elsewhere');
  if (!verb) return isLocal('shows the help of git');
  if (verb.certainty !== 'exact')
    return isUnknown('what git is told to do is not known');
  const args = parseOptions(rest, {
    values:
      'm message F file b B n u upload-pack o server-option receive-pack repo exec x',
  });
  const names = namesOf([...args.operands, ...(args.rest ?? [])], scene);
  const rule = Object.prototype.hasOwnProperty.call(VERBS, verb.value)
    ? VERBS[verb.value]
    : undefined;
  return (
    rule?.({ args, names, call, scene }) ??
    gitTable({ ...call, args: [verb, ...rest] }, scene)
  );
}

function namesOf(words: readonly Argument[], scene: Scene): string {
  return words.map(one => scene.show(one.value)).join(' ');
}

const FORCES = [
  'f',
  'force',
  'force-with-lease',
  'force-if-includes',
  'delete',
  'd',
  'mirror',
  'prune',
];

function judgePush({ args, names }: GitCall): Verdict {
  if (args.unclear) return destroys('pushes, with options that are not known');
  if (isOn(args, 'dry-run', 'n')) return reads('only rehearses a push');
  const forced =
    isOn(args, ...FORCES) || args.operands.some(one => /^[+:]/.test(one.value));
  return forced
    ? destroys(`overwrites or deletes on the remote: ${names}`)
    : changes(`pushes commits ${names}`.trim());
}

function opensEditor(args: Options): boolean {
  return (
    !args.has('m', 'message', 'F', 'file', 'C', 'no-edit', 'fixup') &&
    !args.given.some(one => one.name === 'm')
  );
}

/** `git checkout` checks out a commit, or throws away what was changed in files. */
function judgeCheckout({ args, names, scene }: GitCall): Verdict | undefined {
  const files = args.rest ?? [];
  if (isOn(args, 'f', 'force'))
    return destroys(`throws changes away and checks out ${names}`);
  if (args.has('b', 'B', 'orphan'))
    return changesFiles(
      `makes branch ${scene.show(args.value('b', 'B')?.value ?? '')}`.trim(),
    );
  if (args.operands.length === 0 && files.length > 0)
    return destroys(`throws changes of ${namesOf(files, scene)} away`);
  if (args.operands.length === 1 && /^\.{1,2}\/?$/.test(args.operands[0].value))
    return destroys('throws changes of the checked-out files away');
  return undefined;
}

function judgeLook({ args, scene }: GitCall): Verdict {
  if (args.has('ext-diff', 'O', 'open-files-in-pager'))
    return isUnknown('git starts another program');
  const output = args.value('output');
  if (output) return writesTo(output, scene, 'writes');
  return isLocal('looks at the history of the repository');
}

function startsProgram({ args }: GitCall): Verdict | undefined {
  return args.has('u', 'upload-pack', 'exec', 'c', 'config') ||
    args.operands.some(one => /^ext::|^-/.test(one.value))
    ? isUnknown('git is told to start another program')
    : undefined;
}

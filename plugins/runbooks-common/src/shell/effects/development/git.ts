import { needsEditor, needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import { placeOf } from '../paths';
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

const gitTable = verbTool(
  'git',
  {
    values:
      'C c git-dir work-tree namespace exec-path super-prefix config-env m message F file b B n max-count since until author format pretty date depth branch o origin t X S L',
    flags: 'no-pager paginate p bare no-replace-objects',
  },
  `
local | status, log, diff, show, blame, describe, rev-parse, rev-list, shortlog, whatchanged, ls-files, ls-tree, cat-file, grep, name-rev, merge-base, for-each-ref, show-ref, count-objects, check-ignore, check-attr, var, version, help, diff-tree, diff-index, diff-files, cherry, range-diff, reflog, stash list, stash show, remote get-url, worktree list, submodule status, notes show, bundle verify, verify-commit, verify-tag, fsck, symbolic-ref, annotate, archive_, format-patch_, bisect log, config --get, lfs ls-files, show-branch, remote -v | looks at the repository
read | ls-remote, remote show, lfs status, lfs env | looks at a remote repository: {names}
files | add, commit, checkout, switch, restore, merge, rebase, cherry-pick, revert, mv, init, clone, fetch, pull, stash, stash push, stash save, stash pop, stash apply, tag, branch, config, remote, remote add, remote set-url, remote rename, remote remove, worktree add, worktree remove, submodule update, submodule init, submodule add, am, apply, sparse-checkout, bisect, notes, lfs install, lfs pull, lfs fetch, lfs track, format-patch, archive, bundle create, update-index, update-ref, pack-refs, repack, rerere, maintenance, gc, prune, clean, reset, rm, read-tree, write-tree, hash-object, commit-tree, stash clear, stash drop, reflog expire, filter-branch, filter-repo, remote prune, remote update, submodule sync, submodule deinit, difftool, mergetool, lfs checkout, lfs migrate, subtree | changes the checked-out repository: {names}
`,
);

/** git: what it does to the checked-out repository and to the remote one. */
export const git: ToolRule = (call, scene) => {
  const judged = judgeGit(call, scene);
  const folder = parseOptions(call.args, {
    values: 'C c git-dir work-tree namespace',
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

function judgeGit(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'C c git-dir work-tree namespace exec-path super-prefix config-env',
    stopsAtOperand: true,
  });
  const [verb, ...rest] = options.operands;
  if (
    options
      .all('c', 'config-env')
      .some(one =>
        /^(alias\.|core\.(pager|editor|sshcommand|fsmonitor|hookspath|askpass)|.*\.(cmd|command|program|helper|textconv|process|clean|smudge|driver)|diff\.external|sequence\.editor|gpg\.|protocol\.ext|uploadpack|credential|init\.templatedir|http\.proxy|url\.)/i.test(
          one.value?.value ?? '',
        ),
      )
  )
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
  const names = args.operands.map(one => scene.show(one.value)).join(' ');
  switch (verb.value) {
    case 'push': {
      if (args.unclear)
        return destroys('pushes, with options that are not known');
      if (isOn(args, 'dry-run', 'n')) return reads('only rehearses a push');
      const forced =
        isOn(
          args,
          'f',
          'force',
          'force-with-lease',
          'force-if-includes',
          'delete',
          'd',
          'mirror',
          'prune',
        ) || args.operands.some(one => /^[+:]/.test(one.value));
      return forced
        ? destroys(`overwrites or deletes on the remote: ${names}`)
        : changes(`pushes commits ${names}`.trim());
    }
    case 'commit':
    case 'merge':
    case 'rebase':
    case 'tag': {
      const editor =
        verb.value === 'commit'
          ? !args.has('m', 'message', 'F', 'file', 'C', 'no-edit', 'fixup') &&
            !args.given.some(one => /m/.test(one.name) && one.name.length === 1)
          : verb.value === 'rebase' && isOn(args, 'i', 'interactive');
      if (args.has('exec', 'x')) return isUnknown('git starts another program');
      return changesFiles(
        `changes the checked-out repository (${verb.value})`,
        editor
          ? {
              interactive: needsEditor(`\`git ${verb.value}\` opens an editor`),
            }
          : {},
      );
    }
    case 'remote':
      return args.operands.length === 0 ||
        (isOn(args, 'v') && args.operands.length === 0)
        ? isLocal('lists remote repositories')
        : gitTable(call, scene);
    case 'add':
      return isOn(args, 'p', 'patch', 'i', 'interactive')
        ? changesFiles('stages changes', {
            interactive: needsTerminal('asks for each change'),
          })
        : changesFiles(`stages ${names}`);
    case 'submodule':
      return args.operands[0]?.value === 'foreach'
        ? isUnknown('runs a command in each submodule')
        : gitTable(call, scene);
    case 'bisect':
      return args.operands[0]?.value === 'run'
        ? isUnknown('runs a command again and again')
        : gitTable(call, scene);
    case 'log':
    case 'diff':
    case 'show':
    case 'grep':
      if (args.has('ext-diff', 'O', 'open-files-in-pager'))
        return isUnknown('git starts another program');
      if (args.has('output')) return changesFiles('writes a file');
      return isLocal(`looks at the repository (${verb.value})`);
    case 'ls-remote':
    case 'clone':
    case 'fetch':
    case 'pull':
      if (
        args.has('u', 'upload-pack', 'exec') ||
        args.operands.some(one => /^ext::|^-/.test(one.value)) ||
        args.has('c', 'config')
      )
        return isUnknown('git is told to start another program');
      return verb.value === 'ls-remote'
        ? reads(`looks at ${names}`)
        : changesFiles(`fetches commits ${names}`.trim());
    case 'lfs':
      return args.operands[0]?.value === 'push'
        ? changes('pushes large files')
        : gitTable(call, scene);
    case 'clean':
    case 'reset':
    case 'rm':
    case 'gc':
    case 'prune':
      return scene.inWorkspace
        ? changesFiles(`changes the checked-out repository (${verb.value})`)
        : destroys(`throws changes away (git ${verb.value})`);
    case 'filter-branch':
    case 'send-email':
    case 'svn':
    case 'p4':
    case 'daemon':
    case 'http-backend':
    case 'instaweb':
      return isUnknown(`what git ${verb.value} does here is not known`);
    default:
      return gitTable(call, scene);
  }
}

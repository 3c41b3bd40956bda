import { needsEditor, needsTerminal } from './interactive';
import { isOn, parseOptions } from './options';
import type { Call, Scene, ToolRule } from './scene';
import {
  changes,
  changesFiles,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from './verdict';
import { verbTool } from './verbTable';
import { deletesAt, placeOf } from './paths';

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

const git: ToolRule = (call, scene) => {
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

const gh = verbTool(
  'gh',
  {
    values:
      'R repo h hostname json q jq t template L limit X method f raw-field F field H header input b body title B base',
    flags: '',
    before: (options, call, scene) => {
      if (options.operands[0]?.value !== 'api') return undefined;
      const method =
        options.value('X', 'method')?.value.toUpperCase() ??
        (options.has('f', 'F', 'raw-field', 'field', 'input') ? 'POST' : 'GET');
      const path = options.operands[1]
        ? scene.show(options.operands[1].value)
        : '';
      void call;
      if (method === 'DELETE') return destroys(`deletes ${path}`);
      if (method === 'GET') {
        return reads(`asks GitHub: ${path}`);
      }
      if (
        path === 'graphql' &&
        !options.has('input') &&
        !options.unclear &&
        !/mutation|@/.test(call.args.map(one => one.value).join(' '))
      ) {
        return reads('asks GitHub');
      }
      return changes(`sends ${method} to ${path}`);
    },
  },
  `
read | auth status, repo view, repo list, pr list, pr view, pr status, pr diff, pr checks, issue list, issue view, issue status, run list, run view, run watch, workflow list, workflow view, release list, release view, search, gist list, gist view, secret list, variable list, label list, status, cache list, ruleset list, org list, project list, variable get, attestation verify | looks at GitHub: {names}
read secrets | auth token | prints a token
files | repo clone, pr checkout, release download, run download, auth login, auth logout, auth setup-git, config, alias, extension, gist clone, auth refresh, repo set-default, repo sync_ | changes files: {names}
change | pr create, pr merge, pr close, pr reopen, pr review, pr comment, pr edit, pr ready, issue create, issue close, issue comment, issue edit, issue reopen, workflow run, workflow enable, workflow disable, run rerun, run cancel, release create, release upload, release edit, repo create, repo edit, repo fork, repo sync, secret set, variable set, label create, label edit, gist create, repo rename, repo archive, issue transfer, issue pin, issue lock, label clone, repo unarchive, pr update-branch | changes GitHub: {names}
destructive | repo delete, issue delete, release delete, secret delete, variable delete, run delete, gist delete, label delete, cache delete, release delete-asset | deletes on GitHub: {names}
`,
);

function runsCode(does: string): ToolRule {
  return (call: Call, scene: Scene): Verdict => {
    const only =
      call.args.length > 0 &&
      call.args.every(one =>
        /^(-v|-V|--version|-version|--help|-h|version)$/.test(one.value),
      );
    if (only) return isLocal(`shows the version of ${call.tool}`);
    return isUnknown(
      `${does} ${call.args
        .map(one => scene.show(one.value))
        .join(' ')
        .slice(0, 80)}`.trim(),
    );
  };
}

const CODE_DANGER =
  /\b(subprocess|os\s*\.|system|popen|exec|eval|compile|__import__|open\s*\(|shutil|socket|remove|unlink|delete|write|post\s*\(|put\s*\(|patch\s*\(|Request\s*\(|method\s*=|data\s*=|getattr|globals|ctypes|pty|kill|ftplib|smtplib|telnetlib|importlib|pickle|requests\s*\.\s*(?!get\b)\w+|child_process|spawn|fork|fs\.|rm|rmdir|truncate|drop|update|insert|flush|shutdown|stop|restart|reset|load|builtins|run|call|connect|cursor|execute|commit)\b/i;
const PYTHON_READS =
  /^(?:\s*(?:(?:import|from)\s+(?:json|sys|time|datetime|re|math|base64|urllib(?:\.\w+)?|platform|ssl|hashlib|uuid|random|collections|itertools|ipaddress|string|textwrap|statistics|secrets|http\.client|pprint)(?:\s*,\s*[\w.]+|\s+import\s+[\w, ]+|\s+as\s+\w+)*|print\s*\(.*\)|[A-Za-z_]\w*\s*=\s*[^=].*|for\s.+|if\s.+|\[.*\]|json\.dump\(.*sys\.stdout.*\))\s*(?:;|\n|$))+$/;

function python(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'c m W X',
    stopsAtOperand: true,
  });
  if (options.has('V', 'version'))
    return isLocal('shows the version of Python');
  const at = call.args.findIndex(one => one.value === '-c');
  const code = options.value('c');
  if (code) {
    scene.interpretsAgain(code, 'a program of Python');
    const short =
      code.value.length < 1000 && !code.spliced && code.certainty !== 'words';
    if (
      short &&
      at >= 0 &&
      !CODE_DANGER.test(code.value) &&
      PYTHON_READS.test(code.value.trim())
    ) {
      return reads('runs a line of Python that only asks and prints');
    }
    return isUnknown('runs a program of Python; what it does is not known');
  }
  const module = options.value('m');
  if (
    module &&
    /^(json\.tool|site|platform|calendar|this|base64_|timeit_)$/.test(
      module.value,
    )
  )
    return isLocal(`runs ${module.value}`);
  if (module && /^(venv|virtualenv|compileall)$/.test(module.value))
    return changesFiles('makes an environment of Python');
  if (module && /^pip$/.test(module.value)) {
    const from = call.args.indexOf(module);
    return scene.judgeCommand(
      [{ ...module, value: 'pip' }, ...call.args.slice(from + 1)],
      scene,
    );
  }
  if (module?.value === 'http.server')
    return isUnknown('serves files', {
      interactive: {
        kind: 'endless',
        because: 'serves files until it is stopped',
      },
    });
  if (options.operands.length === 0 && !module && !call.input)
    return isUnknown('opens Python', {
      writes: [],
      interactive: needsTerminal(
        `\`${call.tool}\` waits for what a person types`,
      ),
    });
  const program = module ?? options.operands[0];
  return isUnknown(
    `runs ${program ? scene.show(program.value) : 'a program of Python'}`,
  );
}

function repl(call: Call, scene: Scene): Verdict {
  if (call.args.length === 0 && !call.input)
    return isUnknown(`opens ${call.tool}`, {
      writes: [],
      interactive: needsTerminal(
        `\`${call.tool}\` waits for what a person types`,
      ),
    });
  return runsCode(`runs a program with ${call.tool}:`)(call, scene);
}

const npm = (tool: string): ToolRule =>
  verbTool(
    tool,
    {
      values: 'prefix C registry w workspace cwd userconfig loglevel',
      flags: 's silent',
    },
    `
local | ls, list, outdated, view, info, show, config get, config list, root, bin, prefix, why, explain, audit, doctor, ping, search, help, version_, whoami, -v | looks at packages
unknown | install, i, ci, add, run, test, start, build, exec, x, dlx, create, init, remove, uninstall, rm, update, up, upgrade, rebuild, prune, dedupe, link, run-script, cache, set, config, t, workspaces, workspace, deploy, pack, dev, lint, format, tsc, jest, version, import, licenses, global | runs scripts of the project: {names}
change | publish, dist-tag, deprecate, access, owner, login, logout, adduser, token, team, org, hook, profile, star | changes a registry: {names}
destructive | unpublish | takes a package out of the registry
`,
  );

const make: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, {
    values: 'C directory f file makefile j jobs I o W l E',
  });
  const targets = options.operands
    .filter(one => !/=/.test(one.value))
    .map(one => scene.show(one.value))
    .join(' ');
  if (options.has('version', 'help', 'v'))
    return isLocal('shows the version of make');
  return isUnknown(
    `runs the make target ${
      targets || 'that comes first'
    }; what it does is not known`,
  );
};

/** Tools of development, and languages. */
export const developmentTools: Record<string, ToolRule> = {
  git,
  gh,
  glab: verbTool(
    'glab',
    { values: 'R repo' },
    `
read | mr list, mr view, mr diff, issue list, issue view, ci list, ci status, ci view, pipeline list, pipeline status, repo view, repo list, release list, release view, auth status, job artifact | looks at GitLab
change | mr create, mr merge, mr close, issue create, issue close, ci run, ci retry, ci trigger, pipeline run, release create, mr approve, mr note, issue note, variable set | changes GitLab: {names}
destructive | mr delete, issue delete, repo delete, ci delete, pipeline delete, release delete, variable delete | deletes on GitLab: {names}
`,
  ),
  make,
  gmake: make,
  just: make,
  task: make,
  rake: make,
  npm: npm('npm'),
  pnpm: npm('pnpm'),
  yarn: npm('yarn'),
  bun: npm('bun'),
  npx: runsCode('runs a package:'),
  bunx: runsCode('runs a package:'),
  uvx: runsCode('runs a package:'),
  node: repl,
  deno: repl,
  ruby: repl,
  irb: repl,
  perl: perl,
  php: repl,
  lua: repl,
  R: repl,
  Rscript: repl,
  python,
  python3: python,
  python2: python,
  ipython: python,
  java: runsCode('runs a program of Java:'),
  groovy: runsCode('runs a program:'),
  go: verbTool(
    'go',
    { values: 'C o ldflags tags', singleDash: true },
    `
local | version, env, list, doc, vet, mod graph, mod why, mod verify, help, tool pprof, bug | looks at packages of Go
files | build, fmt, mod tidy, mod download, mod init, mod vendor, mod edit, get, clean, work | builds with Go
unknown | run, test, generate, install, tool | runs programs with Go: {names}
`,
  ),
  cargo: verbTool(
    'cargo',
    {},
    `
local | tree, metadata, search, version, verify-project | looks at packages of Rust
unknown | build, run, test, bench, install, check, clippy, fmt, update, add, clean, doc, fetch | builds or runs with Rust
change | publish, yank, login, owner | changes a registry
`,
  ),
  mvn: runsCode('runs Maven:'),
  gradle: runsCode('runs Gradle:'),
  bazel: runsCode('runs Bazel:'),
  poetry: runsCode('runs Poetry:'),
  uv: runsCode('runs uv:'),
  pytest: runsCode('runs tests'),
  rails: runsCode('runs Rails:'),
  bundle: runsCode('runs Bundler:'),
  virtualenv: () => changesFiles('makes an environment of Python'),
  pre_commit: runsCode('runs checks'),
  shellcheck: () => isLocal('checks shell text'),
  shfmt: (call, scene) =>
    call.args.some(one => /^-\w*w|--write/.test(one.value))
      ? changesFiles('rewrites files')
      : (void scene, isLocal('formats shell text')),
  prettier: call =>
    call.args.some(one => /^(-w|--write)$/.test(one.value))
      ? changesFiles('rewrites files')
      : isLocal('checks files'),
  markdownlint: () => isLocal('checks files'),
  yamllint: () => isLocal('checks files'),
  hadolint: () => isLocal('checks files'),
  sops: (call, scene) => sops(call, scene),
  age: () => changesFiles('encrypts or decrypts'),
  op: verbTool(
    'op',
    { values: 'vault account format fields session' },
    `
read secrets | read, item get, document get, inject, run_ | reads a secret value
read | item list, vault list, account list, whoami, user list, group list, document list | looks at 1Password
files | signin, signout | logs in
change | item create, item edit, vault create, document create, item share | changes 1Password
destructive | item delete, vault delete, document delete | deletes in 1Password
unknown | run, plugin | runs a command
`,
  ),
  pass: (call, scene) => {
    const verb = call.args[0]?.value ?? 'ls';
    if (/^(ls|list|find|search|git|version|help)$/.test(verb))
      return isLocal('lists secrets');
    if (/^(rm|remove|delete)$/.test(verb))
      return deletesAt(
        { ...call.args[0], value: '~/.password-store/x' },
        scene,
      );
    return isLocal('shows or changes secret values', {
      secrets: true,
      changesFiles: true,
    });
  },
  slack: () => changes('sends a message'),
  pagerduty: () => isUnknown('talks to PagerDuty'),
  jira: () => isUnknown('talks to Jira'),
};

function perl(call: Call, scene: Scene): Verdict {
  return repl(call, scene);
}

function sops(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'i_ input-type output-type output set age kms pgp extract config',
  });
  void scene;
  if (/^(exec-env|exec-file)$/.test(options.operands[0]?.value ?? ''))
    return isUnknown('runs a command with secret values');
  if (isOn(options, 'd', 'decrypt') || options.operands[0]?.value === 'decrypt')
    return isLocal('shows secret values', {
      secrets: true,
      changesFiles: true,
    });
  if (
    isOn(options, 'e', 'encrypt', 'r', 'rotate', 'set') ||
    /^(encrypt|rotate|updatekeys|set)$/.test(options.operands[0]?.value ?? '')
  )
    return changesFiles('encrypts a file');
  return changesFiles('edits an encrypted file', {
    interactive: needsEditor('`sops` opens an editor'),
  });
}

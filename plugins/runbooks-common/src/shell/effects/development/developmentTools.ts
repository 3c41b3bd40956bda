import { parseOptions } from '../options';
import type { ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { changes, changesFiles, isLocal, isUnknown } from '../verdict';
import { forges } from './forges';
import { git } from './git';
import { python, repl, runsCode } from './languages';
import { secretTools } from './secretTools';

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
  ...forges,
  ...secretTools,
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
  perl: repl,
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
  slack: () => changes('sends a message'),
  pagerduty: () => isUnknown('talks to PagerDuty'),
  jira: () => isUnknown('talks to Jira'),
};

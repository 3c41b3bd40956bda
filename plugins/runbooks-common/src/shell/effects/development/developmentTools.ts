import type { ToolRule } from '../scene';
import { changes, changesFiles, isLocal, isUnknown } from '../verdict';
import { buildTools } from './buildTools';
import { forges } from './forges';
import { frameworkTools } from './frameworks';
import { git } from './git';
import { program, python, repl, runsCode } from './languages';
import { migrationTools } from './migrations';
import {
  codeTool,
  nodePackages,
  packageRunner,
  typescript,
} from './nodePackages';
import { taskRunner } from './projectTasks';
import { secretTools } from './secretTools';

const make = taskRunner(
  {
    values: 'C directory f file makefile j jobs I o W l E',
    rehearsal: ['n', 'just-print', 'dry-run', 'recon', 'q', 'question'],
    lists: [],
  },
  'runs the make target',
);
const just = taskRunner(
  {
    values: 'f justfile d working-directory set',
    rehearsal: ['n', 'dry-run'],
    lists: ['l', 'list', 'summary', 's', 'show', 'evaluate', 'dump', 'groups'],
  },
  'runs the recipe',
);
const task = taskRunner(
  {
    values: 'd dir t taskfile o output C concurrency I interval',
    rehearsal: ['n', 'dry', 'status'],
    lists: ['l', 'list', 'a', 'list-all', 'summary'],
  },
  'runs the task',
);

/** Tools of development, and languages. */
export const developmentTools: Record<string, ToolRule> = {
  git,
  ...forges,
  ...secretTools,
  ...buildTools,
  ...frameworkTools,
  ...migrationTools,
  make,
  gmake: make,
  just,
  task,
  npm: nodePackages('npm'),
  pnpm: nodePackages('pnpm'),
  yarn: nodePackages('yarn'),
  bun: nodePackages('bun'),
  npx: packageRunner,
  bunx: packageRunner,
  pnpx: packageRunner,
  uvx: runsCode('runs a package:'),
  tsc: typescript,
  jest: codeTool('runs tests'),
  vitest: codeTool('runs tests'),
  playwright: codeTool('runs tests'),
  cypress: codeTool('runs tests'),
  eslint: codeTool('checks code'),
  turbo: codeTool('runs scripts of the project:'),
  nx: codeTool('runs scripts of the project:'),
  rspec: codeTool('runs tests'),
  phpunit: codeTool('runs tests'),
  'vendor/bin/phpunit': codeTool('runs tests'),
  './vendor/bin/phpunit': codeTool('runs tests'),
  node: program,
  deno: repl,
  tsx: program,
  'ts-node': program,
  ruby: program,
  irb: repl,
  perl: program,
  php: program,
  lua: repl,
  R: repl,
  Rscript: repl,
  python,
  python3: python,
  python2: python,
  ipython: python,
  java: runsCode('runs a program of Java:'),
  groovy: runsCode('runs a program:'),
  bazel: runsCode('runs Bazel:'),
  pytest: runsCode('runs tests'),
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

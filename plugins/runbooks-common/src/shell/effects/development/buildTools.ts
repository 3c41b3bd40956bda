import type { Argument } from '../../words';
import { servesForever } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { Scene, ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { combined, isLocal, isUnknown, reads, type Verdict } from '../verdict';
import { withServer } from './projectTasks';
import { judgeByName } from './scriptNames';

/**
 * A tool that installs packages and runs commands among them: `poetry run`, `bundle exec`. What it runs is judged as
 * if it stood alone, since the packages bring the tools of these names.
 */
function environment(
  tool: string,
  runs: RegExp,
  values: string,
  table: string,
): ToolRule {
  const own = verbTool(tool, { values, rehearsal: ['dry-run'] }, table);
  return (call, scene) => {
    const options = parseOptions(call.args, { values, stopsAtOperand: true });
    const [verb, ...words] = options.operands;
    if (!verb || verb.certainty !== 'exact' || !runs.test(verb.value))
      return own(call, scene);
    const inner = parseOptions(words, { values, stopsAtOperand: true });
    const command = [...inner.operands, ...(inner.rest ?? [])];
    if (command.length === 0)
      return isUnknown(`what ${tool} ${verb.value} runs is not known`);
    return scene.judgeCommand(command, scene, call.input, call.piped);
  };
}

const composer: ToolRule = verbTool(
  'composer',
  {
    values: 'd working-dir',
    flags: 'n no-interaction no-dev o optimize-autoloader',
    rehearsal: ['dry-run'],
    otherwise: (given, _call, scene) =>
      judgeByName(
        'runs the composer script',
        given.operands[0]?.value ?? '',
        given.operands.slice(1),
        scene,
      ),
  },
  `
read | show, info, outdated, audit, validate, check-platform-reqs, diagnose, why, why-not, depends, prohibits, licenses, status, search, fund, about, suggests, browse | looks at packages of PHP: {names}
change cluster | install, update, upgrade, require, reinstall, create-project, i, u, bump, global | installs packages, whose scripts run too: {names}
change | remove, self-update, selfupdate | changes the packages of the project: {names}
files | dump-autoload, dumpautoload, init, config, clear-cache, clearcache, archive | changes files of the project
unknown | run-script, run, exec | runs code of the project: {names}
`,
);

const DOTNET_VALUES =
  'c configuration o output f framework r runtime p project s startup-project v verbosity context connection source k api-key filter logger';

const dotnetTable = verbTool(
  'dotnet',
  { values: DOTNET_VALUES, flags: 'no-restore no-build nologo info' },
  `
local | help | shows the help of dotnet
read | list, list package, nuget list, tool list, nuget locals, workload list, sln list | looks at the project: {names}
change cluster | restore, tool install, tool update, tool restore, add, add package, workload install, new install | installs packages: {names}
change | nuget push | publishes package {names}
destructive | nuget delete | takes a package out of the registry
files | new, sln add, sln, remove, remove package, format, clean, user-secrets set, user-secrets init, dev-certs https, pack | changes files of the project
read secrets | user-secrets list | prints secret values
unknown | build, test, publish, msbuild, vstest, build-server, script, exec | builds or runs the project
unknown | run | runs the project
unknown serves | watch, watch run | runs the project again and again
`,
);

const efCore = verbTool(
  'dotnet',
  {
    values: DOTNET_VALUES,
    confirmedBy: ['f', 'force'],
    rehearsal: ['dry-run'],
  },
  `
read | ef migrations list, ef dbcontext info, ef dbcontext list, ef migrations has-pending-model-changes | looks at the migrations of the database
change | ef database update | brings the database to migration {names}
destructive asks | ef database drop | deletes the database
files | ef migrations add, ef migrations remove, ef migrations script, ef migrations bundle, ef dbcontext scaffold, ef dbcontext script, ef dbcontext optimize | writes a migration
`,
);

const dotnet: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: DOTNET_VALUES });
  const words = options.operands.map(one => one.value);
  if (words[0] === 'ef') return efCore(call, scene);
  return dotnetTable(call, scene);
};

const go = verbTool(
  'go',
  {
    values: 'C o ldflags tags',
    singleDash: true,
    otherwise: (given, call, scene) => {
      const [verb, program, ...args] = given.operands;
      return verb?.value === 'run' && program
        ? judgeByName('runs the Go program', program.value, args, scene)
        : isUnknown(
            `runs programs with Go: ${call.args
              .map(one => scene.show(one.value))
              .join(' ')}`,
          );
    },
  },
  `
local | version, env, list, doc, vet, mod graph, mod why, mod verify, help, tool pprof, bug | looks at packages of Go
files | build, fmt, mod tidy, mod download, mod init, mod vendor, mod edit, get, clean, work | builds with Go
change | install | installs the program {names}
unknown | test, generate, tool | runs programs with Go: {names}
`,
);

const cargo = verbTool(
  'cargo',
  { values: 'p package bin manifest-path target features j jobs' },
  `
local | tree, metadata, search, version, verify-project, locate-project, pkgid | looks at packages of Rust
read | audit, outdated, deny, info | asks about packages of Rust
unknown | build, b, run, r, test, t, bench, check, c, clippy, doc, nextest, sqlx, xtask, llvm-cov | builds or runs with Rust
files | fmt, update, add, remove, clean, fetch, new, init, generate-lockfile, vendor, package | changes files of the project
change cluster | install, uninstall | installs the program {names}
change | publish, yank, login, owner, logout | changes a registry
`,
);

/** Maven and Gradle: several goals at once; those of a plugin that migrates do what its own tool does. */
function goals(tool: string, values: string): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, { values });
    if (isOn(options, 'version', 'v', 'help', 'h'))
      return isLocal(`shows the version of ${tool}`);
    if (isOn(options, 'dry-run', 'm') && tool === 'Gradle' && !options.unclear)
      return reads('lists the tasks that would run');
    const given = options.operands.filter(one => !/^-/.test(one.value));
    if (given.length === 0)
      return isUnknown(`runs ${tool} as the project says`);
    return combined(
      given.map(goal => judgeGoal(tool, goal, scene)),
      '',
    );
  };
}

const MIGRATING = /^(flyway|liquibase):?([A-Za-z-]+)$/;

function judgeGoal(tool: string, goal: Argument, scene: Scene): Verdict {
  const name = goal.value.replace(/^(?:[\w.-]*:)(?=[A-Za-z]+$)/, match =>
    /^(flyway|liquibase|spring-boot|release|dependency|versions):$/.test(match)
      ? match
      : '',
  );
  const migrating = MIGRATING.exec(name);
  if (migrating) {
    const verb = migrating[2].charAt(0).toLowerCase() + migrating[2].slice(1);
    return scene.judgeCommand(
      [
        { ...goal, value: migrating[1] },
        { ...goal, value: verb },
      ],
      scene,
    );
  }
  if (
    /^(dependency:(tree|list|analyze)|versions:display-[\w-]+|help:[\w-]+|tasks|dependencies|projects|properties|dependencyInsight)$/.test(
      name,
    )
  )
    return reads(`shows what the project is made of (${name})`);
  if (/^(spring-boot:run|bootRun|run|quarkus:dev|quarkusDev)$/.test(name))
    return isUnknown(`runs the program of the project (${name})`, {
      interactive: servesForever('serves until it is stopped'),
    });
  return withServer(
    goal.value,
    judgeByName(`runs the ${tool} goal`, name, [], scene),
  );
}

const MAVEN_VALUES =
  'f file s settings pl projects P activate-profiles T threads l log-file D t toolchains';
const GRADLE_VALUES =
  'p project-dir b build-file c settings-file x exclude-task I init-script P D tests console';
const maven = goals('Maven', MAVEN_VALUES);
const gradle = goals('Gradle', GRADLE_VALUES);

/** Tools that install the packages of a project and build it. */
export const buildTools: Record<string, ToolRule> = {
  composer,
  dotnet,
  'dotnet-ef': (call, scene) =>
    efCore(
      {
        ...call,
        args: [
          {
            value: 'ef',
            certainty: 'exact',
            spliced: false,
            start: -1,
            end: -1,
          },
          ...call.args,
        ],
      },
      scene,
    ),
  go,
  cargo,
  mvn: maven,
  './mvnw': maven,
  mvnw: maven,
  gradle,
  './gradlew': gradle,
  gradlew: gradle,
  poetry: environment(
    'poetry',
    /^run$/,
    'C directory P project',
    `
read | show, check, env info, env list, search, version, about, config --list, source show | looks at packages of Python: {names}
change cluster | install, update, add, sync, self update, self add, lock | installs packages: {names}
change | remove, env remove, self remove | removes packages: {names}
files | init, new, export, build, config, env use, cache clear | changes files of the project
change | publish | publishes the package
unknown terminal | shell | opens a shell
`,
  ),
  pipenv: environment(
    'pipenv',
    /^run$/,
    'python',
    `
read | graph, check, verify, requirements, scripts, audit | looks at packages of Python
change cluster | install, sync, update, upgrade, lock | installs packages: {names}
change | uninstall, clean | removes packages: {names}
unknown terminal | shell | opens a shell
`,
  ),
  uv: environment(
    'uv',
    /^run$/,
    'p python directory project with extra group index-url only-group no-group env-file with-requirements package config-file',
    `
read | tree, pip list, pip freeze, pip show, pip check, pip tree, python list, python find, tool list, version, cache dir, self version, export | looks at packages of Python: {names}
change cluster | sync, add, pip install, pip sync, lock, tool install, tool upgrade, python install, self update, tool update-shell, python upgrade | installs packages: {names}
change | remove, pip uninstall, tool uninstall, python uninstall | removes packages: {names}
files | init, venv, build, pip compile, cache clean, cache prune, python pin | changes files of the project
change | publish | publishes the package
unknown | tool run | runs a package: {names}
`,
  ),
  bundle: environment(
    'bundle',
    /^exec$/,
    'gemfile path without with jobs retry',
    `
read | list, show, info, outdated, check, doctor, platform, env, audit, licenses, open | looks at packages of Ruby: {names}
change cluster | install, update, add, binstubs, package, cache, i | installs packages: {names}
change | remove, clean, pristine | removes packages: {names}
files | config, lock, init, gem, config set | changes files of the project
unknown | console | runs code of the project
`,
  ),
};

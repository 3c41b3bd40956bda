import type { Argument } from '../../words';
import { servesForever } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { isLocal, isUnknown, reads, type Verdict } from '../verdict';
import { withServer } from './projectTasks';
import { judgeByName, judgeByVerb } from './scriptNames';

const VALUES =
  'prefix C dir registry w workspace cwd userconfig loglevel filter F otp tag access omit include only reporter config';

const TABLE = `
local | bin, prefix, root, help, config get, config list, get, explain, why, doctor, completion, licenses, ls, list, la, ll, pm ls, pm cache, pm bin | looks at the packages of the project: {names}
read | view, info, show, search, outdated, audit, ping, whoami, repo, docs, bugs, fund, npm info, npm audit, dist-tag ls, access list, owner ls, profile get, token list, org ls, team ls, audit signatures | asks the registry of packages: {names}
change cluster | install, i, ci, add, update, up, upgrade, rebuild, dedupe, link, import, audit fix, install-test, it, cit, prune, clean-install, global add, global upgrade, install-clean, self-update, approve-builds, patch-commit, pm trust, upgrade-interactive | installs packages, whose scripts run too: {names}
change | remove, uninstall, un, rm, r, unlink, global remove | removes packages from the project: {names}
change cluster | create, init, set version, version, migrate | changes the project: {names}
files | pack, cache, cache clean, cache verify, config set, config delete, set, config, pkg, shrinkwrap, store, store prune, patch | changes files of the project: {names}
change | publish, npm publish, dist-tag, dist-tag add, dist-tag rm, deprecate, undeprecate, access, owner, owner add, token, token create, team, org, hook, profile, star, unstar, npm tag | changes the registry of packages: {names}
change asks | login, adduser, npm login, logout, npm logout, add-user | logs in to the registry of packages
destructive | unpublish, owner rm, token revoke | takes {names} out of the registry of packages
`;

/** Packages that are run by their own name and do what the tool of that name does. */
const RUNNABLE = new Set(
  (
    'prisma knex sequelize sequelize-cli typeorm typeorm-ts-node-commonjs typeorm-ts-node-esm drizzle-kit wrangler vercel ' +
    'netlify netlify-cli firebase firebase-tools supabase cdk aws-cdk serverless sls pm2 heroku railway ts-node tsx tsc eslint ' +
    'prettier jest vitest playwright cypress node-pg-migrate db-migrate mikro-orm kysely lerna nx turbo medusa strapi hardhat markdownlint'
  ).split(' '),
);
const ALIASES: Record<string, string> = {
  'aws-cdk': 'cdk',
  'netlify-cli': 'netlify',
  'firebase-tools': 'firebase',
  'sequelize-cli': 'sequelize',
  '@railway/cli': 'railway',
  '@nestjs/cli': 'nest',
};

/** npm, pnpm, yarn and bun: their own verbs, and the scripts of the project. */
export function nodePackages(tool: string): ToolRule {
  const own = verbTool(
    tool,
    { values: VALUES, flags: 's silent r recursive', rehearsal: ['dry-run'] },
    TABLE,
  );
  return (call, scene) => {
    const options = parseOptions(call.args, { values: VALUES });
    const [verb, ...rest] = options.operands;
    if (!verb) return judgeBare(tool, call, scene, own);
    if (verb.certainty !== 'exact' || options.unclear) return own(call, scene);
    const given = options.rest ?? [];
    switch (verb.value) {
      case 'run':
      case 'run-script':
        return rest[0]
          ? script(tool, rest[0], [...rest.slice(1), ...given], scene)
          : isLocal('lists the scripts of the project');
      case 'test':
      case 't':
      case 'tst':
      case 'start':
      case 'stop':
      case 'restart':
        return script(tool, verb, [...rest, ...given], scene);
      case 'exec':
      case 'x':
      case 'dlx':
        return packageRunner(
          { ...call, args: call.args.slice(call.args.indexOf(verb) + 1) },
          scene,
        );
      case 'workspace':
        return yarnWorkspace(call, rest, scene, own);
      case 'workspaces':
        return isUnknown(`runs ${tool} in each workspace of the project`);
      default:
        return ownOrScript(tool, own, verb, [...rest, ...given], call, scene);
    }
  };
}

/** A verb of the tool itself, a program among the packages (`yarn prisma`), or a script of the project. */
function ownOrScript(
  tool: string,
  own: ToolRule,
  verb: Argument,
  args: readonly Argument[],
  call: Call,
  scene: Scene,
): Verdict {
  const judged = own(call, scene);
  if (judged.effect !== 'unknown' || tool === 'npm') return judged;
  return RUNNABLE.has(verb.value)
    ? packageRunner(
        { ...call, args: call.args.slice(call.args.indexOf(verb)) },
        scene,
      )
    : script(tool, verb, args, scene);
}

/** `yarn workspace api deploy`. */
function yarnWorkspace(
  call: Call,
  rest: readonly Argument[],
  scene: Scene,
  own: ToolRule,
): Verdict {
  const [name, verb] = rest;
  if (!name || !verb) return own(call, scene);
  return nodePackages('yarn')(
    { ...call, args: call.args.slice(call.args.indexOf(name) + 1) },
    scene,
  );
}

function judgeBare(
  tool: string,
  call: Call,
  scene: Scene,
  own: ToolRule,
): Verdict {
  const looks = call.args.some(one =>
    /^(-v|--version|-h|--help)$/.test(one.value),
  );
  return tool === 'yarn' && !looks
    ? own({ ...call, args: [...call.args, { ...word('install') }] }, scene)
    : own(call, scene);
}

function word(value: string): Argument {
  return { value, certainty: 'exact', spliced: false, start: -1, end: -1 };
}

function script(
  tool: string,
  name: Argument,
  args: readonly Argument[],
  scene: Scene,
): Verdict {
  if (name.certainty !== 'exact')
    return isUnknown(`which script ${tool} runs is not known from the text`);
  // `start` of a package is its server: nothing is changed by it elsewhere, as far as its name goes.
  if (name.value === 'start')
    return isUnknown(`starts the program of the project (${tool} start)`, {
      interactive: servesForever(`\`${tool} start\` stays until it is stopped`),
    });
  return withServer(
    name.value,
    judgeByName(`runs the ${tool} script`, name.value, args, scene),
  );
}

/** npx, bunx, dlx: runs a package, of the project or of the registry. */
export function packageRunner(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'p package c call w workspace',
    stopsAtOperand: true,
  });
  const [name, ...args] = options.rest
    ? [...options.operands, ...options.rest]
    : options.operands;
  if (isOn(options, 'version', 'v', 'help', 'h'))
    return isLocal('shows the version of npx');
  if (!name || name.certainty !== 'exact')
    return isUnknown('which package is run is not known from the text');
  const bare = name.value.replace(/(?<=.)@[^/@]*$/, '');
  const tool = ALIASES[bare] ?? bare;
  if (RUNNABLE.has(bare) || ALIASES[bare])
    return scene.judgeCommand(
      [{ ...name, value: tool }, ...args],
      scene,
      call.input,
      call.piped,
    );
  return judgeByVerb(name.value, args, scene);
}

/** Programs of node that look at code, build it or test it; all of them run code of the project. */
export function codeTool(does: string): ToolRule {
  return (call, scene) => {
    const args = call.args.map(one => scene.show(one.value)).join(' ');
    if (/^(--version|-v|--help|-h)$/.test(args))
      return isLocal(`shows the version of ${call.tool}`);
    const watches = call.args.some(one =>
      /^(--watch|--watchAll|-w|--ui)$/.test(one.value),
    );
    return isUnknown(`${does} ${args}`.trim().slice(0, 120), {
      ...(watches
        ? { interactive: servesForever('watches until it is stopped') }
        : {}),
    });
  };
}

/** `tsc`: only looks with `--noEmit`, else writes what it compiled. */
export const typescript: ToolRule = call =>
  call.args.some(one => one.value === '--noEmit')
    ? reads('checks the types of the project')
    : isUnknown('compiles the project');

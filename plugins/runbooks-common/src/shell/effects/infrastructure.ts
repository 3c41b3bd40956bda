import { asks, needsEditor, needsTerminal } from './interactive';
import { isOn, parseOptions } from './options';
import type { Argument } from '../words';
import { worstSaid } from './development/scriptNames';
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

const terraform = (tool: string): ToolRule =>
  verbTool(
    tool,
    {
      singleDash: true,
      values: 'chdir var_ target_',
      flags: 'no-color json version',
      before: (options, call) => {
        if (
          call.args.some(
            one => one.value === '-destroy' || one.value === '-destroy=true',
          ) &&
          options.operands[0]?.value === 'apply'
        )
          return destroys('destroys everything that is described', {
            writes: undefined,
            interactive: approval(call),
          });
        return undefined;
      },
      after: (judged, _options, call, _scene, verb) => {
        if (verb === 'apply') {
          const plan = call.args.filter(
            one => !one.value.startsWith('-') && one.value !== 'apply',
          );
          return {
            ...judged,
            writes: undefined,
            interactive: plan.length > 0 ? undefined : approval(call),
          };
        }
        if (
          verb === 'init' &&
          call.args.some(one =>
            /^--?(migrate-state|force-copy)/.test(one.value),
          )
        ) {
          return {
            ...judged,
            effect: 'change',
            because: 'moves the state of the infrastructure',
          };
        }
        if (
          /destroy$/.test(verb) ||
          /^(run-all|run|stack run) apply$/.test(verb)
        )
          return { ...judged, writes: undefined, interactive: approval(call) };
        if (verb === 'force-unlock')
          return call.args.some(one => /^--?force(=true)?$/.test(one.value))
            ? judged
            : { ...judged, interactive: approval(call) };
        if (verb === 'console')
          return {
            ...judged,
            interactive: needsTerminal('waits for what a person types'),
          };
        if (
          verb === 'output' &&
          call.args.some(one => one.value === '-json' || one.value === '-raw')
        )
          return { ...judged, secrets: true };
        if (
          verb === 'plan' &&
          call.args.some(
            one => one.certainty === 'words' && /^[$`]/.test(one.value),
          )
        )
          return judged;
        return judged;
      },
    },
    `
read | run-all plan, run-all output, run-all validate, run-all show, run plan, run output, run validate, stack run plan, output-module-groups, graph-dependencies, validate-inputs, hclvalidate, render-json, info, dag graph, find, list, plan, show, output, state list, state show, state pull, providers, version, validate, graph, console, workspace list, workspace show, metadata, test_ | looks at infrastructure: {names}
files | run-all init, run-all providers, run init, hclfmt, hcl fmt, scaffold, init, fmt, get, workspace select, workspace new, login, logout, providers lock, providers mirror, modules | prepares files of ${tool}
change | apply, import, refresh, state mv, state push, state replace-provider, taint, untaint, force-unlock, test, stacks, run-all apply, run apply, stack run apply, run-all refresh, run-all import, aws-provider-patch | changes infrastructure: {names}
destructive | destroy, state rm, workspace delete, run-all destroy, run destroy, stack run destroy | destroys infrastructure or forgets it: {names}
`,
  );

function approval(call: Call) {
  return call.args.some(one =>
    /^--?(auto-approve|terragrunt-non-interactive|non-interactive)(=true)?$/.test(
      one.value,
    ),
  ) || call.input
    ? undefined
    : asks('asks for "yes" before it goes on');
}

/** A playbook is there to change machines, unless its name says that it only looks, or that it does worse. */
function judgePlaybook(
  playbooks: readonly Argument[],
  scene: Scene,
  prompt: Partial<Verdict>,
): Verdict {
  const names = playbooks.map(one => scene.show(one.value)).join(' ');
  const says = worstSaid(playbooks.map(one => one.value));
  const because = `runs the playbook ${names}, which changes its machines`;
  if (says === 'looks')
    return isUnknown(`runs the playbook ${names}; what it does is not known`, {
      ...prompt,
    });
  return says === 'destructive'
    ? destroys(because, { ...prompt, writes: undefined })
    : changes(because, { ...prompt, writes: undefined });
}

const CHANGING_MODULE =
  /^(service|systemd|systemd_service|apt|yum|dnf|package|pip|copy|template|file|lineinfile|blockinfile|replace|user|group|cron|git|unarchive|get_url|mount|sysctl|authorized_key|docker_container|iptables|ufw|firewalld|synchronize)$/;

const ansible: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, {
    values:
      'i inventory l limit e extra-vars t tags skip-tags u user f forks c connection vault-password-file vault-id private-key key-file become-user become-method T timeout start-at-task m module-name a args M module-path B P o_ D_',
  });
  const names = options.operands.map(one => scene.show(one.value)).join(' ');
  if (
    isOn(
      options,
      'list-hosts',
      'list-tasks',
      'list-tags',
      'syntax-check',
      'version',
    )
  )
    return reads(`lists what ${names} would do`);
  const prompt = isOn(
    options,
    'K',
    'k',
    'ask-become-pass',
    'ask-pass',
    'ask-vault-pass',
    'J',
  )
    ? { interactive: asks('asks for a password') }
    : {};
  if (call.tool === 'ansible-playbook') {
    return isOn(options, 'check', 'C') && !options.unclear
      ? isUnknown(`rehearses ${names}, as far as its modules allow`, prompt)
      : judgePlaybook(options.operands, scene, prompt);
  }
  const module = options.value('m', 'module-name')?.value ?? 'command';
  const args = options.value('a', 'args');
  if (
    /^(ansible\.builtin\.)?(ping|setup|debug|stat|slurp|win_ping|service_facts|package_facts|getent)$/.test(
      module,
    )
  )
    return reads(`asks ${names}`, prompt);
  if (
    /^(ansible\.builtin\.)?(command|shell|raw)$/.test(module) &&
    args &&
    !args.spliced &&
    args.certainty !== 'words'
  ) {
    scene.interpretsAgain(args, 'ansible');
    return {
      ...scene.judgeText(args.value, {
        ...scene,
        where: 'there',
        place: `on ${names}`,
        depth: scene.depth + 1,
      }),
      changesFiles: undefined,
      ...prompt,
    };
  }
  const short = module.replace(/^[a-z_]+\.[a-z_]+\./, '');
  if (CHANGING_MODULE.test(short) && args && !options.unclear) {
    const given = scene.show(args.value);
    const says = `runs module ${module} on ${names}: ${given}`;
    return /\bstate=["']?(absent|removed|stopped)\b/.test(given)
      ? destroys(says, { ...prompt, writes: undefined })
      : changes(says, { ...prompt, writes: undefined });
  }
  if (short === 'reboot')
    return destroys(`restarts the machines ${names}`, prompt);
  return isUnknown(`runs module ${module} on ${names}`, prompt);
};

/** Tools that describe infrastructure or machines and bring them to that state. */
export const infrastructureTools: Record<string, ToolRule> = {
  terraform: terraform('terraform'),
  tofu: terraform('tofu'),
  terragrunt: terraform('terragrunt'),
  pulumi: verbTool(
    'pulumi',
    {
      values: 's stack C cwd color',
      flags: 'non-interactive',
      unknownWrites: true,
      after: (judged, options, _call, _scene, verb) =>
        /^(up|update|destroy|refresh)$/.test(verb) && !isOn(options, 'y', 'yes')
          ? { ...judged, interactive: asks('asks whether to go on') }
          : judged,
    },
    `
read | preview, stack ls, stack output, stack graph, stack, config, config get, logs, whoami, version, stack history, about, state_ | looks at infrastructure
files | new, stack select, stack init, config set, login, logout, install, stack export | prepares files
change | up, update, refresh, import, stack import, watch, state | changes infrastructure
destructive | destroy, stack rm, cancel, state delete, config rm | destroys infrastructure
`,
  ),
  ansible,
  'ansible-playbook': ansible,
  'ansible-inventory': () => reads('shows the inventory'),
  'ansible-galaxy': () => changesFiles('fetches roles'),
  'ansible-vault': call =>
    /^(view|decrypt)$/.test(call.args[0]?.value ?? '')
      ? isLocal('shows secret values', { secrets: true, changesFiles: true })
      : changesFiles(
          'changes encrypted files',
          /^(edit|create)$/.test(call.args[0]?.value ?? '')
            ? { interactive: needsEditor('`ansible-vault` opens an editor') }
            : {},
        ),
  packer: verbTool(
    'packer',
    { singleDash: true, values: '' },
    `
read | validate, inspect, version | checks a template
files | init, fmt | prepares files
change | build | builds images
`,
  ),
};

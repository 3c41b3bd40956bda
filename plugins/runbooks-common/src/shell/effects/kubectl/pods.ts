import type { Interactive, KubernetesWrite } from '../../model';
import type { Argument } from '../../words';
import type { KubectlCall, KubectlRule } from './call';
import { connects, isWrite } from './connects';
import { copyFiles } from './copying';
import {
  needsTerminal,
  servesForever,
  terminalNotNeeded,
  withoutTerminal,
} from '../interactive';
import { lossProblem } from '../../../gateway/lossProblem';
import { mountsSecrets, podRisk } from '../../../gateway/podRisk';
import { partOfObject } from './manifest';
import { namespaceOf, nameText } from './targets';
import { isOn } from '../options';
import { sceneThere } from '../scene';
import {
  changes,
  destroys,
  isUnknown,
  isWorse,
  reads,
  type Verdict,
} from '../verdict';

/** They take a word for an address or a file, and interpret nothing in it. */
const TAKES_WORDS = /^(?:curl|wget|cat|ls|head|tail|stat|du)$/;

/** Verbs that run something in pods, or open a way into them. */
export const podRules: Record<string, KubectlRule> = {
  run: runPod,
  exec: execIn,
  cp: copyFiles,
  attach: attachTo,
  debug: debugPod,
  'port-forward': forwardPort,
  proxy: serveProxy,
};

const SHELLS = /^(?:\/(?:usr\/)?(?:local\/)?bin\/)?(?:ba|z|da|k|a|fi)?sh$/;

/** `kubectl exec`: does what the inner command does. */
export function execIn(kubectl: KubectlCall): Verdict {
  const { options, operands, scene, call } = kubectl;
  const fromFile = options.has('filename', 'f');
  const target = fromFile ? undefined : operands[0];
  const inner =
    options.rest && options.rest.length > 0
      ? options.rest
      : legacyCommand(kubectl);
  const where = target ? scene.show(target.value) : 'a pod';
  const sure = [connects(kubectl, target, 'exec', inner)].filter(isWrite);
  if (target?.certainty === 'words' || options.unclear) {
    return isUnknown(`what runs in ${where} is not known from the text`);
  }
  if (inner.length === 0) {
    return isUnknown(`opens ${where} without a command`, {
      writes: sure,
      interactive: needsTerminal('`exec` has no command'),
    });
  }
  const stdin = isOn(options, 'i', 'stdin') || /^rsh$/.test(kubectl.verb);
  const input = stdin ? call.input : undefined;
  const judged = scene.judgeCommand(
    inner,
    sceneThere(scene, `in ${where}`),
    input,
    call.piped,
  );
  const writes =
    judged.effect === 'unknown' || !TAKES_WORDS.test(inner[0].value)
      ? sure
      : [connects(kubectl, target, 'exec', inner.map(endingOpen))].filter(
          isWrite,
        );
  return {
    ...judged,
    because: `in ${where}: ${judged.because}`,
    writes: writes.length > 0 ? writes : undefined,
    interactive: interactiveExec(kubectl, inner, judged, input !== undefined),
    changesFiles: undefined,
  };
}

/** Any one word stands for one that is known by its beginning, so that it is no option, and whose rest is not. */
function endingOpen(word: Argument): Argument {
  const isOpen =
    word.unresolved === true &&
    word.certainty === 'value' &&
    /^[A-Za-z0-9/]/.test(word.value);
  return isOpen ? { ...word, value: '${_}', unresolved: false } : word;
}

function legacyCommand({ operands, options, call }: KubectlCall): Argument[] {
  const first = operands[0];
  const from = call.args.indexOf(first);
  if (options.rest || from < 0 || operands.length < 2) return operands.slice(1);
  return call.args.slice(call.args.indexOf(operands[1]));
}

function interactiveExec(
  { options }: KubectlCall,
  inner: readonly Argument[],
  judged: Verdict,
  hasInput: boolean,
): Interactive | undefined {
  const wants =
    isOn(options, 't', 'tty') || (isOn(options, 'i', 'stdin') && !hasInput);
  if (opensShell(inner) && !hasInput)
    return needsTerminal('opens a shell in the pod');
  if (judged.interactive && !judged.interactive.remedy)
    return judged.interactive;
  if (!wants) return judged.interactive;
  const [letters, long] = hasInput
    ? (['t', ['tty']] as const)
    : (['it', ['stdin', 'tty']] as const);
  const edits = withoutTerminal(options.given, letters, long);
  if (!edits) return needsTerminal('asks for a terminal');
  if (judged.interactive?.remedy) {
    const { remedy } = judged.interactive;
    return {
      ...judged.interactive,
      remedy: { ...remedy, edits: [...edits, ...remedy.edits] },
    };
  }
  return terminalNotNeeded(
    'asks for a terminal although the command in the pod ends by itself',
    edits,
    'runs without a terminal',
  );
}

/** A shell that waits for what a person types. */
export function opensShell(words: readonly Argument[]): boolean {
  if (!words[0] || !SHELLS.test(words[0].value)) return false;
  return words
    .slice(1)
    .every(one => /^-(l|i|li|il)$|^--login$/.test(one.value));
}

/** `kubectl run`: creates a pod. */
function runPod(kubectl: KubectlCall): Verdict {
  const { options, operands, scene, call } = kubectl;
  const name = operands[0];
  const says = name ? scene.show(name.value) : 'a pod';
  const image = options.value('image');
  const inner = options.rest ?? operands.slice(1);
  const attached = isOn(options, 'attach', 'i', 'stdin', 'rm');
  const writes =
    name && name.certainty !== 'words' && !name.unresolved
      ? podWrites(kubectl, name, attached)
      : undefined;
  const judged =
    inner.length > 0
      ? scene.judgeCommand(
          inner,
          sceneThere(scene, `in ${says}`),
          undefined,
          call.piped,
        )
      : undefined;
  const because = `runs pod ${says}${
    image ? ` with image ${scene.show(image.value)}` : ''
  }`;
  const overridden = overriddenBy(kubectl);
  const own = overridden.risk
    ? destroys(`${because}, which runs ${overridden.risk}`)
    : changes(because);
  return {
    ...(judged && isWorse(judged.effect, own.effect)
      ? { ...judged, because: `${because}: ${judged.because}` }
      : own),
    ...(overridden.givesSecrets ? { givesSecrets: true } : {}),
    changesFiles: undefined,
    writes: options.unclear ? undefined : writes,
    interactive: interactiveRun(kubectl, inner, judged),
  };
}

/** What `--overrides` and other options make of the pod. */
function overriddenBy({ options }: KubectlCall): {
  risk?: string;
  givesSecrets?: boolean;
} {
  if (isOn(options, 'privileged')) return { risk: 'a privileged pod' };
  if (options.has('serviceaccount'))
    return { risk: 'a pod under another service account' };
  const given = options.all('overrides');
  if (given.length === 0) return {};
  const parts = given.map(({ value }) =>
    value?.certainty === 'exact' ? partOfObject(value.value) : undefined,
  );
  const isMerge = (options.value('override-type')?.value ?? 'merge') !== 'json';
  if (!isMerge || parts.some(part => part === undefined))
    return {
      risk: 'a pod that cannot be told from the text',
      givesSecrets: true,
    };
  const read = parts.flatMap(part => (part === undefined ? [] : [part]));
  const risk = read.map(riskOfOverride).find(Boolean);
  return {
    ...(risk === undefined ? {} : { risk }),
    givesSecrets: read.some(part => mountsSecrets('/pods', part)),
  };
}

/** What is laid over the pod is a part of an object, whose metadata counts as well. */
function riskOfOverride(
  part: Readonly<Record<string, unknown>>,
): string | undefined {
  const loss = lossProblem('/pods', part, 'manifest');
  return podRisk('/pods', part) ?? (loss && `a pod of which ${loss}`);
}

function podWrites(
  { options, scene }: KubectlCall,
  name: Argument,
  attached: boolean,
): KubernetesWrite[] {
  const on = {
    group: '',
    resource: 'pods',
    namespace: namespaceOf(options, scene),
    name: nameText(name, scene),
  };
  return [
    { verb: 'create', subresource: '', ...on },
    ...(isOn(options, 'expose')
      ? [{ verb: 'create', subresource: '', ...on, resource: 'services' }]
      : []),
    ...(attached ? [{ verb: 'connect', subresource: 'attach', ...on }] : []),
    ...(isOn(options, 'rm')
      ? [{ verb: 'delete', subresource: '', ...on }]
      : []),
  ];
}

function interactiveRun(
  { options }: KubectlCall,
  inner: readonly Argument[],
  judged: Verdict | undefined,
): Interactive | undefined {
  if (!isOn(options, 'i', 'stdin', 't', 'tty')) return undefined;
  if (opensShell(inner)) return needsTerminal('opens a shell in the new pod');
  if (inner.length === 0)
    return needsTerminal('attaches a terminal to the new pod');
  if (judged?.interactive && !judged.interactive.remedy)
    return judged.interactive;
  if (!isOn(options, 't', 'tty')) return judged?.interactive;
  const edits = withoutTerminal(options.given, 't', ['tty']);
  return edits
    ? terminalNotNeeded(
        'asks for a terminal although its command ends by itself',
        edits,
        'runs without a terminal',
      )
    : needsTerminal('asks for a terminal');
}

/** `kubectl attach`. */
function attachTo(kubectl: KubectlCall): Verdict {
  const { operands, scene } = kubectl;
  const write = connects(kubectl, operands[0], 'attach');
  return isUnknown(
    `attaches to ${operands[0] ? scene.show(operands[0].value) : 'a pod'}`,
    {
      writes: write && [write],
      interactive: needsTerminal('`attach` joins the terminal of a container'),
    },
  );
}

/** `kubectl debug`. */
function debugPod(kubectl: KubectlCall): Verdict {
  const { operands, options, scene } = kubectl;
  const target = operands[0];
  const says = target ? scene.show(target.value) : 'a pod';
  const inner = options.rest ?? operands.slice(1);
  const opensByItself = kubectl.tool === 'oc' && inner.length === 0;
  const wants = opensByItself || isOn(options, 'i', 'stdin', 't', 'tty');
  const isNode = /^nodes?\//.test(target?.value ?? '');
  const profile = options.value('profile')?.value;
  const isHigh =
    isNode ||
    options.unclear ||
    options.has('custom', 'copy-to') ||
    (profile !== undefined &&
      !/^(?:general|baseline|restricted)$/.test(profile));
  return (isHigh ? destroys : changes)(
    `adds a debugging container to ${says}${
      isNode ? ', which runs a pod with files of the node' : ''
    }`,
    {
      writes: undefined,
      ...(options.has('custom', 'copy-to') ? { givesSecrets: true } : {}),
      ...(wants || opensShell(inner)
        ? {
            interactive: needsTerminal(
              '`debug` opens a terminal in a container',
            ),
          }
        : {}),
    },
  );
}

/** `kubectl port-forward`. */
function forwardPort(kubectl: KubectlCall): Verdict {
  const { operands, scene } = kubectl;
  const write = connects(kubectl, operands[0], 'portforward');
  return reads(
    `forwards a port of ${
      operands[0] ? scene.show(operands[0].value) : 'a pod'
    } to this machine`,
    {
      writes: write && [write],
      interactive: servesForever(
        'serves a port on the machine where it runs, which is of use only on your own',
      ),
    },
  );
}

/** `kubectl proxy`. */
function serveProxy(): Verdict {
  return isUnknown('serves the API of the cluster on this machine', {
    interactive: servesForever(
      'serves a port on the machine where it runs, which is of use only on your own',
    ),
  });
}

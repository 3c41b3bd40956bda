import { isAboutSecrets } from '../../../gateway/RequestInfo';
import { asksForHelp } from '../options';
import type { Call, Scene } from '../scene';
import { isLocal, isUnknown, isWorse, reads, type Verdict } from '../verdict';
import { withActs } from './actsOfWords';
import type { KubectlCall, KubectlRule } from './call';
import { changingRules } from './changing';
import { lookingRules } from './looking';
import { nodeRules } from './nodes';
import { objectRules } from './objects';
import { judgeOcVerb } from './oc';
import { kubectlOptions, splitKubectl } from './options';
import { judgeKubectlPlugin } from './plugins';
import { podRules } from './pods';
import { scalingRules } from './scaling';

/** One table for each idea; what is in none of them may be a verb of oc or a plugin. */
const RULES: ReadonlyMap<string, KubectlRule> = new Map(
  Object.entries({
    ...lookingRules,
    ...objectRules,
    ...changingRules,
    ...scalingRules,
    ...nodeRules,
    ...podRules,
  }),
);

/** Judges kubectl and oc. */
export function judgeKubectl(call: Call, scene: Scene): Verdict {
  const { verb, before, after, unclear } = splitKubectl(call.args);
  if (!verb) return isLocal(`shows the help of ${call.tool}`);
  if (unclear || verb.certainty !== 'exact') {
    return isUnknown(
      `what ${call.tool} is told to do (${scene.show(
        verb.value,
      )}) is not known from the text`,
    );
  }
  const options = kubectlOptions(verb.value, [...before, ...after]);
  if (asksForHelp(options)) {
    return isLocal(`shows the help of ${call.tool} ${verb.value}`);
  }
  const kubectl: KubectlCall = {
    tool: call.tool,
    verb: verb.value,
    options,
    operands: options.operands,
    call,
    scene,
  };
  const judged =
    RULES.get(verb.value)?.(kubectl) ??
    judgeOcVerb(kubectl) ??
    judgeKubectlPlugin(kubectl);
  markPrograms(kubectl);
  return rehearsed(kubectl, ofSubresource(kubectl, withActs(kubectl, judged)));
}

/** Of a status nobody but who keeps the object says what happened; what another part but the scale does is not known. */
function ofSubresource(
  { options, scene }: KubectlCall,
  judged: Verdict,
): Verdict {
  const given = options.value('subresource');
  const isOrdinary =
    given === undefined ||
    (given.certainty === 'exact' && given.value === 'scale');
  if (isOrdinary || judged.effect !== 'change') return judged;
  return {
    ...judged,
    effect: 'destructive',
    because: `${judged.because}, its ${scene.show(
      given.value,
    )}: those who keep the object act on that as what happened or must be, and may end or replace pods`,
  };
}

const NO_REHEARSAL = new Set([
  'exec',
  'cp',
  'attach',
  'debug',
  'port-forward',
  'proxy',
  'edit',
  'rsh',
  'rsync',
]);

/**
 * `--dry-run=client` and `=server` change nothing; `=none` and anything that is not known do. One of a Secret on the
 * server tells of its data by how it fails: the gateway asks of it what it asks of the write.
 */
function rehearsed(
  { options, operands, verb, call }: KubectlCall,
  judged: Verdict,
): Verdict {
  if (!isWorse(judged.effect, 'read') || NO_REHEARSAL.has(verb)) return judged;
  // A token is handed out in any case, and a raw request knows no dry run.
  const isNone =
    options.has('raw') || (verb === 'create' && operands[0]?.value === 'token');
  if (isNone) return judged;
  const given = options.all('dry-run');
  if (given.length === 0 || options.unclear) return judged;
  const last = given[given.length - 1];
  const how = last.value === undefined ? 'client' : last.value.value;
  const isExact = last.value === undefined || last.value.certainty === 'exact';
  if (!isExact || !/^(client|server|true)$/.test(how)) return judged;
  if (how !== 'client' && judged.writes?.some(isAboutSecrets))
    return {
      ...judged,
      because: `rehearses on the server, which tells of a Secret what writing it does: ${judged.because}`,
    };
  return reads(`only rehearses (dry run): ${judged.because}`, {
    interactive: judged.interactive,
    tool: call.tool,
    rehearses: judged.writes,
  });
}

/** Output templates and patches are programs: values in them are interpreted again. */
function markPrograms({ options, scene }: KubectlCall): void {
  const output = options.value('output', 'o');
  if (
    output &&
    /^(jsonpath|go-template|custom-columns|template)/.test(output.value)
  ) {
    scene.interpretsAgain(
      output,
      `the ${output.value.split('=')[0]} program of kubectl`,
    );
  }
  for (const { value } of options.all('template'))
    scene.interpretsAgain(value, 'a template of kubectl');
  for (const { value } of options.all('patch', 'p', 'overrides')) {
    if (value && /[{:]/.test(value.value))
      scene.interpretsAgain(value, 'a patch of kubectl');
  }
}

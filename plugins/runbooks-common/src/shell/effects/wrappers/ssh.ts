import { endless, needsTerminal } from '../interactive';
import { parseOptions } from '../options';
import { type Call, type Scene, sceneThere } from '../scene';
import { atLeast, isLocal, isUnknown, reads, type Verdict } from '../verdict';
import { fromInput } from './shells';

const VALUES = 'b c D E e F I i J L l m O o p Q R S W w B P';

/** Runs a command on another host. Its own options may also stand behind the host. */
export function ssh(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: VALUES,
    stopsAtOperand: true,
  });
  const [host, ...after] =
    options.rest && options.operands.length === 0
      ? options.rest
      : options.operands;
  const late = parseOptions(after, { values: VALUES, stopsAtOperand: true });
  const words = late.rest ?? late.operands;
  if (
    [...options.all('o'), ...late.all('o')].some(one =>
      /proxycommand|localcommand|permitlocal/i.test(one.value?.value ?? ''),
    )
  ) {
    return isUnknown('ssh starts another program');
  }
  if (!host) return isLocal('shows the help of ssh');
  const says = scene.show(host.value);
  const there = sceneThere(scene, `on ${says}`);
  if (options.has('N') || late.has('N'))
    return reads(`opens a tunnel to ${says}`, {
      interactive: endless('the tunnel stays open until it is stopped'),
    });
  const command = words;
  if (command.length === 0) {
    if (call.input?.kind === 'text') {
      const judged = onHost(fromInput(call.input, 'ssh', there), says);
      return judged;
    }
    return isUnknown(`opens a shell on ${says}`, {
      interactive: call.input
        ? undefined
        : needsTerminal('`ssh` without a command opens a shell'),
    });
  }
  for (const argument of command)
    scene.interpretsAgain(argument, `ssh to ${says}`);
  if (command.some(one => one.certainty === 'words' && /[$`]/.test(one.value)))
    return isUnknown(`what runs on ${says} is not known from the text`);
  const text = command.map(one => one.value).join(' ');
  const judged = there.judgeText(text, { ...there }, call.input);
  const isLoose =
    host.certainty === 'words' || command.some(one => one.spliced);
  const spliced = isLoose
    ? atLeast(
        'unknown',
        judged,
        `puts a value that is not known into what runs on ${says}`,
      )
    : judged;
  return onHost(spliced, says);
}

function onHost(judged: Verdict, host: string): Verdict {
  return {
    ...judged,
    because: `on ${host}: ${judged.because}`,
    changesFiles: undefined,
  };
}

/** Runs a command on many hosts. */
export function manyHosts(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values:
      'h H hosts host l user p par o outdir e errdir t timeout O options x extra-args w g group f fanout',
    stopsAtOperand: true,
  });
  const words = options.rest ?? options.operands;
  for (const word of words) scene.interpretsAgain(word, call.tool);
  if (words.length === 0 || words.some(one => one.certainty === 'words'))
    return isUnknown('what runs on many hosts is not known from the text');
  const there = sceneThere(scene, 'on many hosts');
  const judged = there.judgeText(words.map(one => one.value).join(' '), there);
  return onHost(
    words.some(one => one.spliced)
      ? atLeast(
          'unknown',
          judged,
          'puts a value that is not known into what runs',
        )
      : judged,
    'many hosts',
  );
}

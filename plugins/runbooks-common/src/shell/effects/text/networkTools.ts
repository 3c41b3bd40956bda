import { endless, needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import { writesTo } from '../paths';
import type { Call, Input, Scene, ToolRule } from '../scene';
import {
  changes,
  destroys,
  isLocal,
  isUnknown,
  isWorse,
  reads,
  type Verdict,
} from '../verdict';

/** Programs that ask the network, one group a line: `programs | what they do`. */
const ASKS = `
ping, ping6, fping | asks whether {what} answers
traceroute, traceroute6, tracepath, mtr | follows the way to {what}
dig, nslookup, host, drill, delv, dog | looks up {what}
whois | asks who owns {what}
nmap, nping | looks which ports of {what} are open
ssh-keyscan | reads the keys of {what}
showmount | asks what {what} exports
`;

/** Programs that look at the network or speak to one place in it. */
export const networkLooks: Record<string, ToolRule> = {
  ...Object.fromEntries(
    ASKS.split('\n').flatMap(line => {
      const [names, says] = line.split(' | ');
      return says ? names.split(', ').map(name => [name, asks(says)]) : [];
    }),
  ),
  nc: netcat,
  ncat: netcat,
  netcat,
  socat,
  telnet,
  tcpdump,
  tshark: tcpdump,
  ip,
  ifconfig,
  route,
};

function asks(says: string): ToolRule {
  return (call, scene) => {
    const { tool, args } = call;
    if (tool === 'nmap' && args.some(one => /^--script/.test(one.value)))
      return isUnknown('runs scripts against other machines');
    const values = 'c i W w s t p q b n I O';
    const target = parseOptions(args, { values }).operands[0];
    const counted = args.some(one =>
      /^-(\w*[cwrW]\d*|-report|-count.*|-raw)$/.test(one.value),
    );
    const goesOn =
      /^(ping6?|mtr)$/.test(tool) && scene.where === 'here' && !counted;
    return reads(
      says.replace('{what}', target ? scene.show(target.value) : 'a host'),
      goesOn
        ? { interactive: endless(`\`${tool}\` goes on until it is stopped`) }
        : {},
    );
  };
}

function tcpdump(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'i w c s C G W z Z r F E m T y B a b d e f Y',
  });
  if (call.tool === 'tcpdump' && options.has('z', 'Z'))
    return isUnknown('captures packets and starts another program');
  const file = options.value('w');
  const written =
    file && file.value !== '-'
      ? writesTo(file, scene, 'captures packets into')
      : isLocal('captures packets');
  const bounded = options.has('c', 'r') || options.has('a');
  return {
    ...written,
    effect: written.effect === 'local' ? 'read' : written.effect,
    ...(bounded
      ? {}
      : {
          interactive: endless(`\`${call.tool}\` goes on until it is stopped`),
        }),
  };
}

function telnet(call: Call, scene: Scene): Verdict {
  const target = firstOperand(call, scene);
  const silent =
    call.input?.kind === 'file' && call.input.path.value === '/dev/null';
  if (silent) return reads(`tries to connect to ${target}`);
  return call.input
    ? spokenTo(target, call.input)
    : reads(`tries to connect to ${target}`, {
        interactive: needsTerminal('`telnet` waits for what a person types'),
      });
}

function netcat(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'w i p s x X q e c g G o O',
  });
  const target = firstOperand(call, scene);
  if (options.has('e', 'c', 'exec', 'sh-exec', 'lua-exec'))
    return isUnknown('starts a program for the network');
  if (isOn(options, 'z')) return reads(`tries to connect to ${target}`);
  if (call.input) return spokenTo(target, call.input);
  if (isOn(options, 'l', 'listen'))
    return isUnknown('listens on a port', {
      interactive: endless('listens until it is stopped'),
    });
  return reads(`connects to ${target}`, {
    interactive: needsTerminal('`nc` waits for what a person types'),
  });
}

function socat(call: Call, scene: Scene): Verdict {
  const ends = parseOptions(call.args, { values: 't T b' }).operands;
  const [from, to] = ends.map(one => scene.show(one.value));
  const plain =
    /^(unix-connect:|unix:|tcp4?:|tcp-connect:|\/)[^,]*(,(connect-timeout|shut-none|crnl|ssl)\S*)?$/i;
  if (
    ends.length === 2 &&
    /^(stdio|-|stdin)$/i.test(from) &&
    plain.test(to) &&
    call.input
  )
    return spokenTo(to, call.input);
  return isUnknown(
    `joins ${
      ends.map(one => scene.show(one.value)).join(' and ') || 'two ends'
    }`,
  );
}

/** Words of line protocols that only ask: memcached, ZooKeeper, HAProxy, Redis, HTTP. */
const ASKING_LINE =
  /^(stats?( \w+)*|version|ruok|srvr|mntr|conf|cons|envi|isro|dirs|wchs|show( .*)?|ping|info( \w+)?|get \S+|help|quit|exit|(GET|HEAD|OPTIONS) \S+( HTTP\/[\d.]+)?|[\w-]+: .*|)$/i;
const DESTROYING_LINE =
  /^(flush_all|flushall|flushdb|shutdown|kill|delete|del|crst|purge|clear table)\b/i;
const CHANGING_LINE =
  /^(disable|enable|set|add|clear|srst|incr|decr|replace|touch|config|PUT|POST|PATCH|DELETE)\b/;

/** What lines sent to a service do, where they are known. */
function spokenTo(target: string, input: Input): Verdict {
  if (input.kind !== 'text') return isUnknown(`sends its input to ${target}`);
  const lines = input.text
    .split(/\\r\\n|\\n|\n|;/)
    .map(line => line.trim())
    .filter(line => line !== '');
  return lines
    .map(line => spokenLine(line, target, input.exact))
    .reduce(
      (a, b) => (isWorse(b.effect, a.effect) ? b : a),
      reads(`asks ${target}`),
    );
}

function spokenLine(line: string, target: string, exact: boolean): Verdict {
  if (DESTROYING_LINE.test(line)) return destroys(`tells ${target} to ${line}`);
  if (CHANGING_LINE.test(line)) return changes(`tells ${target} to ${line}`);
  return ASKING_LINE.test(line) && (exact || /^[\w /.-]+$/.test(line))
    ? reads(`asks ${target}: ${line}`)
    : isUnknown(`sends its input to ${target}`);
}

function ip(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, { values: 'f family' });
  const words = options.operands.map(one => one.value);
  const line = options.operands.map(one => scene.show(one.value)).join(' ');
  if (call.args.some(one => one.certainty === 'words'))
    return isUnknown('what ip is told to do is not known');
  const [object, verb = 'show'] = words;
  if (object === 'netns' && verb === 'exec') {
    const at = call.args.findIndex(one => one.value === 'exec');
    return scene.judgeCommand(call.args.slice(at + 2), scene, call.input);
  }
  if (call.args.some(one => /^-(b|batch|n|netns|force)$/.test(one.value)))
    return isUnknown('what ip is told to do is not known');
  // `ip link s` is short for `set`; of every other object it is short for `show`.
  const sets = verb === 's' && 'link'.startsWith(object) && words.length > 3;
  if (!sets && /^(s|sh|sho|show|l|ls|list|lst|get|monitor|help)$/.test(verb))
    return reads(`shows the network (ip ${line})`);
  if (/^(d|de|del|delete|flush)$/.test(verb))
    return destroys(`takes away from the network: ip ${line}`);
  return words.includes('down')
    ? destroys(`switches a network interface off: ip ${line}`)
    : changes(`changes the network: ip ${line}`);
}

function ifconfig(call: Call, scene: Scene): Verdict {
  const words = parseOptions(call.args).operands.map(one =>
    scene.show(one.value),
  );
  if (words.length <= 1) return reads('shows network interfaces');
  return words.includes('down')
    ? destroys(`switches network interface ${words[0]} off`)
    : changes(`configures network interface ${words[0]}`);
}

function route(call: Call): Verdict {
  const verbs = call.args.map(one => one.value);
  if (verbs.some(one => /^(del|delete|flush)$/.test(one)))
    return destroys('removes a route');
  return verbs.some(one => /^(add|change)$/.test(one))
    ? changes('changes routes')
    : reads('shows routes');
}

function firstOperand(call: Call, scene: Scene): string {
  const words = parseOptions(call.args, { values: 'w i p s q' }).operands;
  return words.map(one => scene.show(one.value)).join(':') || 'its arguments';
}

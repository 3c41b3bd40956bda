import { needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import { liesOutside, writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import {
  changesFiles,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';

/** Keys and certificates. */
export const keyTools: Record<string, ToolRule> = {
  openssl,
  gpg,
  gpg2: gpg,
  age: encrypts,
  rage: encrypts,
  'age-keygen': encrypts,
  htpasswd,
  'ssh-keygen': sshKeygen,
};

function sshKeygen(call: Call, scene: Scene): Verdict {
  if (call.args.some(one => /^-[lBF]/.test(one.value)))
    return changesFiles('shows keys');
  const file = parseOptions(call.args, {
    values: 'f t b C N P m E s I n V R r',
  }).value('f');
  return file
    ? writesTo(file, scene, 'makes or changes keys in')
    : changesFiles('makes or changes keys');
}

function openssl(call: Call, scene: Scene): Verdict {
  const [verb, ...args] = call.args;
  if (!verb)
    return isLocal('shows the help of openssl', {
      interactive: needsTerminal('`openssl` waits for commands'),
    });
  if (
    /^(s_client|x509|verify|version|dgst|crl|ocsp|asn1parse|ciphers|rand|base64|enc|req|rsa|ec|pkey|pkcs12|genrsa|passwd|sha256|md5|list|help|speed|prime|errstr|s_time|pkcs8|dhparam|ecparam|genpkey)$/.test(
      verb.value,
    ) &&
    verb.certainty === 'exact'
  ) {
    const output = args.findIndex(
      one => one.value === '-out' || one.value === '-keyout',
    );
    if (args.some(one => /^-(engine|provider-path)$/.test(one.value)))
      return isUnknown('loads a program');
    if (output >= 0 && args[output + 1])
      return writesTo(args[output + 1], scene);
    const base = args.some(one => liesOutside(one, scene))
      ? reads(`looks with openssl ${verb.value}`)
      : isLocal(`looks with openssl ${verb.value}`);
    if (!/^(s_client|ocsp|s_time)$/.test(verb.value)) return base;
    if (call.input?.kind === 'text' && /\w{2}/.test(call.input.text))
      return isUnknown('sends its input over an encrypted connection');
    return {
      ...base,
      effect: 'read',
      ...(call.input
        ? {}
        : {
            interactive: needsTerminal(
              '`openssl s_client` waits for what a person types',
            ),
          }),
    };
  }
  return isUnknown('what openssl is told to do is not known', { writes: [] });
}

/** Locking and unlocking text is local; taking keys away is not. */
function gpg(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values:
      'o output r recipient u local-user passphrase passphrase-file homedir keyserver default-key no-default-keyring_ keyring recv-keys cipher-algo',
  });
  if (
    options.given.some(one =>
      /^(delete|edit|quick|gen|full-gen|passwd|sign-key|lsign)/.test(one.name),
    )
  )
    return options.given.some(one => /^delete/.test(one.name))
      ? destroys('deletes keys')
      : isUnknown('works with keys', { writes: [] });
  const file = options.value('o', 'output');
  if (file && file.value !== '-') return writesTo(file, scene);
  const known =
    /^(d|decrypt|e|encrypt|c|symmetric|verify|list-(secret-)?keys|k|K|fingerprint|a|armor|sign|s|b|detach-sign|clearsign|dearmor|enarmor|import|recv-keys|export|batch|yes|version|list-packets|show-keys|keyserver|refresh-keys|receive-keys)$/;
  return options.given.some(one => known.test(one.name))
    ? changesFiles('locks, unlocks or lists with keys')
    : isUnknown('works with keys', { writes: [] });
}

function encrypts(call: Call, scene: Scene): Verdict {
  const file = parseOptions(call.args, {
    values: 'o output r recipient i identity R',
  }).value('o', 'output');
  return file ? writesTo(file, scene) : isLocal('locks or unlocks its input');
}

function htpasswd(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, { values: 'C' });
  const [file] = options.operands;
  if (isOn(options, 'n')) return isLocal('works out a password line');
  return file
    ? writesTo(file, scene, 'changes passwords in')
    : isUnknown('changes passwords');
}

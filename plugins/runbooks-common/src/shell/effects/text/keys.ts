import { needsTerminal } from '../interactive';
import { writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import { changesFiles, isLocal, isUnknown, type Verdict } from '../verdict';

/** Keys and certificates. */
export const keyTools: Record<string, ToolRule> = {
  openssl,
  gpg: () => isUnknown('works with keys', { writes: [] }),
  'ssh-keygen': call =>
    changesFiles(
      call.args.some(one => /^-[lBF]/.test(one.value))
        ? 'shows keys'
        : 'makes or changes keys',
    ),
};

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
    const base = isLocal(`looks with openssl ${verb.value}`);
    if (!/^(s_client|ocsp|s_time)$/.test(verb.value)) return base;
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

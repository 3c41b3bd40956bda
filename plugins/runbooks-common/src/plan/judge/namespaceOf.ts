import type { SeenCall } from '../../shell/judgeCall';
import { kubectlWordsOf, programOf } from './kubectlWords';

/** The namespace that a call of kubectl or helm names; undefined where it is none of them or the name is not known. */
export function namespaceOf(
  call: SeenCall,
  defaultNamespace: string,
): string | undefined {
  const kubectl = kubectlWordsOf(call);
  if (kubectl) {
    if (kubectl.unclear || kubectl.options.has('raw')) return undefined;
    if (kubectl.options.has('all-namespaces', 'A')) return '*';
    const named = kubectl.options.value('namespace', 'n');
    if (!named) return defaultNamespace;
    return named.certainty === 'exact' ? named.value : undefined;
  }
  if (programOf(call) !== 'helm') return undefined;
  if (call.args.some(({ value }) => /^(?:-A|--all-namespaces)$/.test(value)))
    return '*';
  return namespaceWord(call) ?? defaultNamespace;
}

function namespaceWord({ args }: SeenCall): string | undefined {
  for (const [index, { value }] of args.entries()) {
    if (/^(?:-n|--namespace)$/.test(value)) return args[index + 1]?.value;
    const glued = /^(?:--namespace=|-n=?)(.+)$/.exec(value);
    if (glued) return glued[1];
  }
  return undefined;
}

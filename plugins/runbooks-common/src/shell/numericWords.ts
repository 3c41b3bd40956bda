import type { ShellWord, ShellWordPart } from './parse';

/** Commands that print nothing but numbers, whatever they are given; a text that defines one of them is not trusted. */
export const NUMERIC_COMMANDS: readonly string[] = [
  'wc',
  'grep',
  'date',
  'seq',
  'nproc',
  'jq',
  'tr',
  'xargs',
  'kubectl',
];

const COUNT = String.raw`(?:wc\s+-[lcwm]|grep\s+(?:-[A-Za-z]+\s+)*-[abd-zA-Z]*c[A-Za-z]*\s+(?:-[abd-zA-Z]\s+)*(?:'[^']*'|"[^"$\x60]*"|[\w.-]+)|jq\s+(?:-[a-z]+\s+)*'(?:[^']*\|\s*)?length')`;
const AFTER = String.raw`(?:\s*\|\s*(?:tr\s+-d\s+(?:'[^']*'|"[^"$\x60]*"|\[:space:\])|xargs))?(?:\s*2>\s*/dev/null)?(?:\s*\|\|\s*(?:true|:|echo\s+"?\d+"?))?\s*`;
/** `... | wc -l`, where it ends with a count. */
const ENDS_WITH_COUNT = new RegExp(`\\|\\s*${COUNT}${AFTER}$`);
/** `wc -l < file`: without the name of the file. */
const COUNTS_INPUT = new RegExp(
  `^wc\\s+-[lcwm]\\s*<\\s*"?[\\w./\${}-]+"?${AFTER}$`,
);
const PRINTS_NUMBERS =
  /^(?:date\s+(?:-u\s+)?["']?\+(?:%[sYmdHMSNjuw])+["']?|nproc|seq(?:\s+-?\d+){1,3}|echo\s+"?\d+"?)$/;
/** Fields of kinds of Kubernetes itself, whose types are integers. */
const INTEGER_FIELD =
  /^kubectl(?:\s+-n\s+(?:[\w-]+|"\$\{?\w+\}?"))?\s+get\s+(?:deploy|deployments?|sts|statefulsets?|rs|replicasets?|ds|daemonsets?|jobs?|hpa)(?:\s+|\/)(?:[\w-]+|"\$\{?\w+\}?")(?:\s+(?:-n|--namespace)[ =](?:[\w-]+|"\$\{?\w+\}?"))?\s+(?:-o\s*|--output[ =])jsonpath=(['"])\{\.(?:spec\.(?:replicas|minReplicas|maxReplicas|completions|parallelism)|status\.(?:\w*[rR]eplicas|observedGeneration|desiredNumberScheduled|currentNumberScheduled|numberReady|numberAvailable|updatedNumberScheduled|succeeded|failed|active))\}\1(?:\s+(?:-n|--namespace)[ =](?:[\w-]+|"\$\{?\w+\}?"))?\s*(?:2>\s*\/dev\/null)?$/;

/** Whether a command substitution surely becomes numbers or nothing. */
export function isNumericSubstitution(written: string): boolean {
  const inner = written.replace(/^\$\(|\)$|^`|`$/g, '').trim();
  if (
    PRINTS_NUMBERS.test(inner) ||
    INTEGER_FIELD.test(inner) ||
    COUNTS_INPUT.test(inner)
  )
    return true;
  const last = ENDS_WITH_COUNT.exec(inner);
  // Another command behind it would print as well.
  return (
    last !== null &&
    !/[;&\n]|\$\(|`|\|\|/.test(
      inner.slice(0, last.index).replace(/2>&1|'[^']*'|"[^"$`]*"|\\\n/g, ''),
    )
  );
}

/** Whether a word surely becomes numbers or nothing. */
export function isNumericWord(word: ShellWord): boolean {
  const { parts } = word;
  return parts ? parts.every(isNumericPart) : /^\d*$/.test(word.value);
}

function isNumericPart(part: ShellWordPart): boolean {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
      return /^[\d\s]*$/.test(part.value);
    case 'DoubleQuoted':
      return part.parts.every(isNumericPart);
    case 'ArithmeticExpansion':
      return true;
    case 'CommandExpansion':
      return isNumericSubstitution(part.text);
    case 'SimpleExpansion':
      return /^\$[#?$!]$/.test(part.text);
    case 'ParameterExpansion':
      return part.prefix === '#';
    case 'BraceExpansion':
      return /^\{-?\d+\.\.-?\d+(?:\.\.-?\d+)?\}$/.test(part.text);
    default:
      return false;
  }
}

import type { Parameter, ParameterType } from '../document/model';
import { oddCharacters } from '../foreignText/oddCharacters';
import { isCredentialLike } from '../redaction';

/** What a value of a type must look like, with the words for a refusal. */
interface ValueRule {
  pattern: RegExp;
  expected: string;
}

const KUBERNETES_NAME: ValueRule = {
  pattern: /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
  expected:
    'a Kubernetes name: lower-case letters, digits, "-" and ".", such as "auth-service"',
};

/** One line that shows what it is; where it stands decides whether more than a plain word may go there. */
const TEXT: ValueRule = {
  pattern: /^(?! )[^\p{C}\p{Zl}\p{Zp}]{1,1000}(?<! )$/u,
  expected:
    'one line of at most 1,000 visible characters that neither begins nor ends with a blank, such as "Sign-in is slow"',
};

/** Letters of any script; nothing that a shell, a pattern or a format reads as more than itself. */
const PLAIN: ValueRule = {
  pattern: /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._:/@+-]*$/u,
  expected:
    'letters, digits and . _ : / @ + -, not beginning with "-", without spaces or quotes, such as "web-1.4"',
};

const INTEGER: ValueRule = {
  pattern: /^(0|[1-9][0-9]{0,8})$/,
  expected: 'a whole number such as 3',
};

const RULES: Record<ParameterType, ValueRule> = {
  namespace: KUBERNETES_NAME,
  pod: KUBERNETES_NAME,
  deployment: KUBERNETES_NAME,
  service: KUBERNETES_NAME,
  node: KUBERNETES_NAME,
  container: KUBERNETES_NAME,
  'kubernetes-name': KUBERNETES_NAME,
  kind: {
    pattern: /^[A-Za-z][A-Za-z0-9.-]*$/,
    expected: 'a Kubernetes kind such as "deployment"',
  },
  replicas: INTEGER,
  integer: INTEGER,
  port: {
    pattern: /^[1-9][0-9]{0,4}$/,
    expected: 'a port number such as 8080',
  },
  image: {
    pattern:
      /^[A-Za-z0-9][A-Za-z0-9._/-]*(:[0-9]+\/[A-Za-z0-9._/-]+)?(:[A-Za-z0-9._-]+)?(@sha256:[0-9a-f]{64})?$/,
    expected: 'an image such as "registry.example.com/team/app:1.4.2"',
  },
  version: TEXT,
  duration: {
    pattern: /^[0-9]+(\.[0-9]+)?(ms|s|m|h|d)?$/,
    expected: 'a duration such as 90s or 5m',
  },
  url: {
    pattern: /^https?:\/\/[A-Za-z0-9[][A-Za-z0-9._~:/?#@%&=+!$'()*,;[\]-]*$/,
    expected:
      'an http or https address without spaces, such as https://example.com/health',
  },
  path: TEXT,
  secret: {
    pattern: /^[^\0\r\n]{1,4096}$/,
    expected: 'one line of text',
  },
  text: TEXT,
};

/**
 * Why a value cannot be given to a parameter, or undefined when it can.
 *
 * These rules hold wherever the value lands. Wherever it is more than a plain word, `refusedPlaces` asks besides
 * whether it may stand where the document has it.
 *
 * @public
 */
export function refuseValue(
  parameter: Pick<Parameter, 'name' | 'label' | 'type'>,
  value: string,
): string | undefined {
  const rule = RULES[parameter.type];
  const isVisible =
    parameter.type === 'secret' || oddCharacters(value).length === 0;
  if (rule.pattern.test(value) && isVisible) return undefined;
  const shown =
    parameter.type === 'secret' || isCredentialLike(value)
      ? 'this value'
      : JSON.stringify(shortened(value));
  return `"${parameter.label}" cannot be ${shown}: expected ${rule.expected}`;
}

/** True where a value means nothing to any interpreter that might read it once more. @public */
export function isPlainValue(value: string): boolean {
  return PLAIN.pattern.test(value);
}

/** True for a path that means nothing to bash but is no plain word: `/var/log`, `./orders.csv`. */
export function isPlainPath(value: string): boolean {
  return /^[A-Za-z0-9./_][A-Za-z0-9._/@-]*$/.test(value);
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 57)}...` : value;
}

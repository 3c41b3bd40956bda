import { isDeclaring } from '../../shell/bashTable';
import { boundNames } from '../../shell/boundNames';
import { parseOptions } from '../../shell/effects/options';
import type { SeenCall } from '../../shell/judgeCall';
import type { Argument } from '../../shell/words';
import { kubectlWordsOf, programOf } from './kubectlWords';
import { plainProgram } from './plainProgram';
import { startsOthers } from './startsOthers';

/** Where clients of the cluster find settings and plugins. */
const OF_CLIENTS =
  /(?:^|[/=:])\.kube(?:\/|$)|^\$\{?KUBECONFIG\b|^\/run\/(?:step|runbooks)(?:\/|$)|(?:^|\/)\.(?:config|local\/share)\/helm(?:\/|$)/;

/** No other text gives a variable such a place. */
const NAMED = /\.kube|KUBECONFIG|\/run\/|\/helm/;

/** They only look at what their words name, or print them. */
const ONLY_READ = new Set(
  (
    'cat head tail grep egrep fgrep wc diff cmp stat ls test [ [[ md5sum sha256sum base64 echo printf : file realpath ' +
    'readlink dirname basename cut tr nl less more'
  ).split(' '),
);
const OWN_FILE = /^--kubeconfig(?:=|$)/;
const READ_BY_CLIENTS =
  /^(?:-f|--(?:filename|from-file|from-env-file|from-literal|values|set|set-string))(?:=|$)/;

//   kubectl set env deployment/web KUBECONFIG=/root/.kube/config
const IS_TEXT = /^[A-Za-z_][\w./-]*=/;

/**
 * The places of a step's texts where clients of the cluster find settings: what is put there may start any program.
 * Variables that a text gives such a place stand for it.
 */
export class SettingsPlaces {
  readonly #names: ReadonlySet<string>;

  constructor(texts: readonly string[]) {
    const bound = texts
      .filter(text => NAMED.test(text))
      .map(text => boundNames(text));
    this.#names = new Set(
      bound
        .flatMap(one => (one === 'anything' ? [] : one))
        .filter(one => OF_CLIENTS.test((one.value ?? '').replace(/["']/g, '')))
        .map(one => one.name),
    );
  }

  /** Whether a word leads to one. */
  has({ value, begins = '', alternatives = [], defaults = [] }: WordToFile) {
    const texts = [value, begins, ...alternatives, ...defaults];
    if (texts.some(text => OF_CLIENTS.test(text))) return true;
    const names = value.match(/(?<=\$\{?)[A-Za-z_]\w*/g) ?? [];
    return names.some(name => this.#names.has(name));
  }

  /** The word of a call that leads to one and is not only read; undefined where there is none. */
  putBy(call: SeenCall): Argument | undefined {
    if (startsOthers(call)) return undefined;
    const args = filesHere(call);
    const words = args.filter(one => this.has(one));
    if (words.length === 0) return undefined;
    const program = programOf(call);
    if (ONLY_READ.has(program) || isDeclaring(program)) return undefined;
    if (/^(?:sed|g?awk|jq)$/.test(program) && isPlain(program, args))
      return undefined;
    const isRead = readBy(program, call);
    return words.find(one => !isRead(one));
  }
}

/** A word as far as it tells which file it means. */
type WordToFile = Pick<Argument, 'value'> &
  Partial<Pick<Argument, 'begins' | 'alternatives' | 'defaults'>>;

/** The words of a call that may be files of the step: what kubectl starts or copies in a pod is none. */
function filesHere(call: SeenCall): readonly Argument[] {
  const args = call.args.slice(1);
  if (!kubectlWordsOf(call)) return args;
  const end = args.findIndex(one => one.value === '--');
  return args
    .slice(0, end < 0 ? args.length : end)
    .filter(({ value }) => !/^[\w./-]+:/.test(value));
}

function isPlain(program: string, args: readonly Argument[]): boolean {
  return (
    plainProgram(program, args) !== undefined &&
    !args.some(({ value }) => /^-[A-Za-z]*i|^--in-place/.test(value))
  );
}

function readBy(program: string, call: SeenCall): (word: Argument) => boolean {
  const args = call.args.slice(1);
  if (program === 'cp') {
    const { has, operands } = parseOptions(args, { values: 'S suffix' });
    const sources = has('t', 'target-directory') ? [] : operands.slice(0, -1);
    return word => sources.includes(word);
  }
  const isOfCluster = program === 'helm' || kubectlWordsOf(call) !== undefined;
  return word => {
    const option = /^--?[a-z]/.test(word.value)
      ? word
      : args[args.indexOf(word) - 1];
    const name = option?.value ?? '';
    return (
      OWN_FILE.test(name) ||
      (isOfCluster && (READ_BY_CLIENTS.test(name) || IS_TEXT.test(word.value)))
    );
  };
}

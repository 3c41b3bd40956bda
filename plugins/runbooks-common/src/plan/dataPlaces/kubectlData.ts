import type { DataArgument } from './dataArguments';
import type { DataWord } from './DataWord';

const VALUED =
  /^(?:-[nloc]|--(?:namespace|selector|field-selector|output|container|since|tail|from-literal|request-timeout|sort-by))$/;
const FLAG =
  /^(?:-A|--(?:all|all-namespaces|overwrite|no-headers|show-labels|timestamps|prefix|all-containers|ignore-not-found))$/;
const VALUED_AT_ONCE =
  /^--(namespace|selector|field-selector|output|container|since|tail|from-literal|request-timeout|sort-by|dry-run)=/;
const SELECTS = /^(?:-l|--selector|--field-selector)$/;
const READS = /^(?:get|describe|logs|top)$/;
/** A name with what belongs to it, of which everything behind the first `=` is the value. */
const NAMED = /^[A-Za-z0-9][\w./-]*=/;

interface Read {
  operands: DataWord[];
  options: Array<{ name: string; word: DataWord; head: string }>;
}

/** What kubectl stores, or selects by where it only reads: annotations, labels, literals and selectors. */
export function kubectlData(words: readonly DataWord[]): DataArgument[] {
  const read = readWords(words);
  if (!read) return [];
  const { operands, options } = read;
  const [verb = '', kind = '', type = ''] = operands.map(
    ({ whole }) => whole ?? '',
  );
  if (verb === 'annotate' || verb === 'label')
    return operands
      .slice(2)
      .filter(({ head }) => NAMED.test(head))
      .map(word => ({ word }));
  if (
    verb === 'create' &&
    (/^(?:configmap|cm)$/.test(kind) ||
      (kind === 'secret' && type === 'generic'))
  )
    return options
      .filter(({ name, head }) => name === '--from-literal' && NAMED.test(head))
      .map(({ word }) => ({ word }));
  return READS.test(verb)
    ? options
        .filter(({ name }) => SELECTS.test(name))
        .map(({ word }) => ({ word }))
    : [];
}

/** Undefined where it has an option that is not on the lists: what that takes is not known. */
function readWords(words: readonly DataWord[]): Read | undefined {
  const operands: DataWord[] = [];
  const options: Read['options'] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    const [written, name] = VALUED_AT_ONCE.exec(word.head) ?? [];
    if (written !== undefined) {
      const head = word.head.slice(written.length);
      options.push({ name: `--${name}`, word, head });
    } else if (VALUED.test(word.whole ?? '')) {
      at += 1;
      const value = words[at];
      if (!value) return undefined;
      options.push({ name: word.whole ?? '', word: value, head: value.head });
    } else if (!word.mayBeOption) {
      operands.push(word);
    } else if (!FLAG.test(word.whole ?? '')) {
      return undefined;
    }
  }
  return { operands, options };
}

import { parseOptions } from '../../shell/effects/options';
import type { Argument } from '../../shell/words';

const FILES = 'f values set-file';

const VALUES =
  'n namespace set set-string set-json timeout version o output history-max revision max description l selector ' +
  'kube-context';

const FLAGS = new Set(
  (
    'i install atomic wait wait-for-jobs dry-run debug create-namespace cleanup-on-fail reuse-values reset-values ' +
    'reset-then-reuse-values force a all A all-namespaces q short deployed failed pending uninstalled superseded ' +
    'no-hooks keep-history skip-crds d date r reverse'
  ).split(' '),
);

/** Verbs that open no file but their chart and those of the options above; plugins are none of them. */
const VERBS = new Set(
  'list ls status get history rollback uninstall delete install upgrade template lint test version'.split(
    ' ',
  ),
);

/** The words of a call of helm that name files or charts; undefined where it may open others. */
export function filesOfHelm(
  args: readonly Argument[],
): readonly Argument[] | undefined {
  const options = parseOptions(args, { values: `${FILES} ${VALUES}` });
  const [verb, ...operands] = options.operands;
  const isRead =
    !options.unclear &&
    !options.rest &&
    verb?.certainty === 'exact' &&
    VERBS.has(verb.value);
  if (!isRead) return undefined;
  const files = new Set(FILES.split(' '));
  const values = new Set(VALUES.split(' '));
  const words: Argument[] = [];
  for (const { name, value } of options.given) {
    if (files.has(name)) {
      if (!value) return undefined;
      words.push(value);
    } else if (values.has(name)) {
      if (!value || value.value.startsWith('-')) return undefined;
    } else if (!FLAGS.has(name)) return undefined;
  }
  return /^(?:install|upgrade|template|lint)$/.test(verb.value)
    ? [...words, ...operands]
    : words;
}

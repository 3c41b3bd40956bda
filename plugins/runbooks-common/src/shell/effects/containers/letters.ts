import type { Argument } from '../../words';

const LONG =
  'filter format tail since until last output time signal stop-signal tag file build-arg target cache-from cache-to platform ' +
  'progress secret ssh builder scale username password pull timeout memory cpus cpu-shares restart message change author ' +
  'replicas image update-delay update-parallelism env-add env-rm mount-add constraint-add limit-memory limit-cpu name mode ' +
  'publish label driver subnet gateway ip-range opt advertise-addr listen-addr token availability compose-file orchestrator ' +
  'rollback-order exit-code-from index network add-host metadata-file iidfile shm-size ulimit type opt';

/** Short options that take a value, by the verb; everywhere else they are switches (`docker rm -f`, `logs -f`). */
const SHORT: Record<string, string> = {
  build: 't f o m c',
  bake: 'f',
  logs: 'n',
  ps: 'f n',
  ls: 'f',
  list: 'f',
  images: 'f',
  search: 'f',
  events: 'f',
  inspect: 'f',
  version: 'f',
  info: 'f',
  stop: 't s',
  restart: 't s',
  kill: 's',
  up: 't',
  down: 't',
  save: 'o',
  export: 'o',
  load: 'i',
  import: 'c m',
  commit: 'c m a',
  login: 'u p',
  update: 'm c',
  create: 'o d p e v l t u w h m',
  deploy: 'c',
  rm: '',
  watch: '',
};

/** The options that take a value for the verb that these words begin with. */
export function valuesFor(words: readonly Argument[]): string {
  for (const word of words.slice(0, 2).reverse()) {
    const short = Object.prototype.hasOwnProperty.call(SHORT, word.value)
      ? SHORT[word.value]
      : undefined;
    if (short !== undefined) return `${LONG} ${short}`;
  }
  return LONG;
}

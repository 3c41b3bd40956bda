import { CURL_VALUES } from '../../shell/effects/http';
import { type Options, parseOptions } from '../../shell/effects/options';
import type { Input } from '../../shell/effects/scene';
import { PARAMETER_PREFIX } from '../../shell/parameterName';
import type { Argument } from '../../shell/words';
import { isNamed, mayBeOption } from './mayBeOption';

/** One variable and nothing else: `$PW`, `${PW}`. */
const ONE = /^\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)$/;

/** How a program is told a password, and all of its other options that are understood. */
interface PasswordForm {
  password: readonly string[];
  values: string;
  flags: string;
  /** It ends its options at the first word that is none. */
  stopsAtOperand?: boolean;
  /** The password is one word with its option: `-p$PW`. */
  glued?: boolean;
  /** What stands first: `docker login`. */
  verb?: string;
}

const MYSQL: PasswordForm = {
  password: ['p', 'password'],
  values:
    'h host u user P port D database e execute S socket p password default-character-set',
  flags: 'N skip-column-names B batch s silent r raw t table compress',
  glued: true,
};

const FORMS: ReadonlyMap<string, PasswordForm> = new Map([
  [
    'redis-cli',
    {
      password: ['a', 'pass'],
      values: 'h p t s a n r i d user pass',
      flags: 'c x 2 3 raw no-raw json csv no-auth-warning tls',
      stopsAtOperand: true,
    },
  ],
  ['mysql', MYSQL],
  ['mysqladmin', MYSQL],
  ['mysqldump', MYSQL],
  [
    'docker',
    {
      password: ['p', 'password'],
      values: 'u username p password',
      flags: '',
      verb: 'login',
    },
  ],
]);

/**
 * The words of a call in which a secret value can be nothing but a value, whatever is in it: it stands alone where the
 * program takes a password or a value, and no quote, comma or line of it ends that place. None where an option of the
 * call is not understood, for then it cannot be told which word is what.
 */
export function secretDataPlaces(
  program: string,
  args: readonly Argument[],
  input: Input | undefined,
): readonly Argument[] {
  switch (program) {
    case 'jq':
      return ofJq(args);
    case 'psql':
      return ofPsql(args, input);
    case 'curl':
      return ofCurl(args);
    case 'printf':
      return ofPrintf(args);
    default: {
      const form = FORMS.get(program);
      return form ? ofPassword(form, args) : [];
    }
  }
}

function ofPassword(
  form: PasswordForm,
  words: readonly Argument[],
): readonly Argument[] {
  if (form.verb !== undefined && words[0]?.value !== form.verb) return [];
  const args = form.verb === undefined ? words : words.slice(1);
  const options = parseOptions(args, {
    values: form.values,
    stopsAtOperand: form.stopsAtOperand ?? false,
  });
  if (!isUnderstood(options, `${form.values} ${form.flags}`)) return [];
  return options.all(...form.password).flatMap(({ value, argument }) => {
    const isGlued = value !== undefined && !args.includes(value);
    if (form.glued && !isGlued) return [];
    return value ? [isGlued ? argument : value] : [];
  });
}

function isUnderstood(options: Options, known: string): boolean {
  const names = new Set(known.split(' '));
  return (
    !options.unclear &&
    !options.operands.some(mayBeOption) &&
    options.given.every(one => names.has(one.name) && isNamed(one))
  );
}

//   jq -n --arg password "$PW" '{stringData: {password: $password}}'
/** The values of `--arg`; its program and its files are others. */
function ofJq(args: readonly Argument[]): readonly Argument[] {
  const data: Argument[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const { value, certainty } = args[at];
    if (value === '--arg' && certainty === 'exact') {
      const [name, given] = args.slice(at + 1, at + 3);
      if (!given || name.certainty !== 'exact') return [];
      data.push(given);
      at += 2;
    } else if (
      mayBeOption(args[at]) ||
      (value.startsWith('-') &&
        !/^-(?:[rcneSsjaMC]+|-raw-output|-compact-output|-null-input|-exit-status|-sort-keys|-slurp)$/.test(
          value,
        ))
    )
      return [];
  }
  return data;
}

//   psql -v pw="$PW" <<'SQL'
//   ALTER USER web PASSWORD :'pw';
/**
 * The values of variables with names of small letters, which psql itself looks at none of, where all of the SQL is in sight and puts them behind
 * PASSWORD, quoted by psql.
 */
function ofPsql(
  args: readonly Argument[],
  input: Input | undefined,
): readonly Argument[] {
  const values = 'h host p port U username d dbname v set variable';
  const flags =
    'X no-psqlrc q quiet A no-align t tuples-only 1 single-transaction w no-password a';
  const options = parseOptions(args, { values });
  const isInSight =
    isUnderstood(options, `${values} ${flags}`) &&
    input?.kind === 'text' &&
    input.exact &&
    isPlainSql(input.text);
  if (!isInSight) return [];
  return options.all('v', 'set', 'variable').flatMap(({ value, argument }) => {
    const [, text] =
      /^[a-z_][a-z0-9_]*=([\s\S]*)$/.exec(value?.value ?? '') ?? [];
    if (!value || text === undefined || !ONE.test(text)) return [];
    return [args.includes(value) ? value : argument];
  });
}

/** No command of psql, and no variable but as a quoted password: others may be names, or run as SQL. */
function isPlainSql(sql: string): boolean {
  const rest = sql.replace(/\bPASSWORD\s+:'[A-Za-z_]\w*'/gi, '');
  return !/\\|:['"{A-Za-z_]/.test(rest);
}

const CURL_FLAGS =
  's silent S show-error f fail fail-with-body L location k insecure I head i include G get g globoff v verbose ' +
  'N no-buffer compressed 4 ipv4 6 ipv6 http1.1 http2 no-progress-meter progress-bar O remote-name J ' +
  'remote-header-name R remote-time create-dirs path-as-is retry-all-errors retry-connrefused tcp-nodelay';

/** The user, a header and a form field that curl encodes; of a header only values that are sure to be one line. */
function ofCurl(args: readonly Argument[]): readonly Argument[] {
  const options = parseOptions(args, { values: CURL_VALUES });
  if (!isUnderstood(options, `${CURL_VALUES} ${CURL_FLAGS}`)) return [];
  return options.given.flatMap(({ name, value }) =>
    // Glued to a long option, curl takes none.
    value && args.includes(value) && isDataOfCurl(name, value) ? [value] : [],
  );
}

function isDataOfCurl(option: string, { value }: Argument): boolean {
  switch (option) {
    case 'u':
    case 'user':
      return true;
    case 'H':
    case 'header':
      return isHeader(value);
    case 'data-urlencode':
      return ONE.test(/^\w+=([\s\S]*)$/.exec(value)?.[1] ?? '');
    default:
      return false;
  }
}

//   Authorization: Bearer ${RUNBOOKS_P_TOKEN}
function isHeader(value: string): boolean {
  const [, variable] =
    /^[A-Za-z0-9-]+: *(?:[A-Za-z]+ )?(\$\S+)$/.exec(value) ?? [];
  return (
    variable !== undefined &&
    ONE.test(variable) &&
    variable.replace(/^\$\{?/, '').startsWith(PARAMETER_PREFIX)
  );
}

/** All directives of a format only print: not `%n`, which sets a variable, and no width that a value gives. */
const PRINTS_ONLY =
  /^(?:[^%]|%(?:%|[-+ 0#]*(?:[1-9]\d*)?(?:\.\d*)?[sbqQcdiouxXeEfFgG]))*$/;

/** What a format prints; the format alone, where it has nothing to put in. */
function ofPrintf(args: readonly Argument[]): readonly Argument[] {
  const hasVariable = args[0]?.value.startsWith('-v') ?? false;
  const ownWord = args[0]?.value === '-v' ? 2 : 1;
  const rest = args.slice(hasVariable ? ownWord : 0);
  const [format, ...values] = rest[0]?.value === '--' ? rest.slice(1) : rest;
  if (!format) return [];
  if (values.length === 0) return [format];
  return format.certainty === 'exact' && PRINTS_ONLY.test(format.value)
    ? values
    : [];
}

import { needsTerminal, servesForever } from '../interactive';
import { parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import {
  changesFiles,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';
import { judgeFramework } from './frameworks';
import { judgeByName } from './scriptNames';

/** A tool that runs code of the project: what that does is not known. */
export function runsCode(does: string): ToolRule {
  return (call: Call, scene: Scene): Verdict => {
    const only =
      call.args.length > 0 &&
      call.args.every(one =>
        /^(-v|-V|--version|-version|--help|-h|version)$/.test(one.value),
      );
    if (only) return isLocal(`shows the version of ${call.tool}`);
    return isUnknown(
      `${does} ${call.args
        .map(one => scene.show(one.value))
        .join(' ')
        .slice(0, 80)}`.trim(),
    );
  };
}

/** Modules that are tools: `python -m alembic` is `alembic`. */
const TOOL_MODULE =
  /^(pip|alembic|flask|django|pytest|celery|poetry|uv|pipenv|virtualenv|gunicorn|uvicorn|ansible|awscli)$/;

const CODE_DANGER =
  /\b(subprocess|os\s*\.|system|popen|exec|eval|compile|__import__|open\s*\(|shutil|socket|remove|unlink|delete|write|post\s*\(|put\s*\(|patch\s*\(|Request\s*\(|method\s*=|data\s*=|getattr|globals|ctypes|pty|kill|ftplib|smtplib|telnetlib|importlib|pickle|requests\s*\.\s*(?!get\b)\w+|child_process|spawn|fork|fs\.|rm|rmdir|truncate|drop|update|insert|flush|shutdown|stop|restart|reset|load|builtins|run|call|connect|cursor|execute|commit)\b/i;
const PYTHON_STATEMENT =
  /^(?:(?:import|from)\s+(?:json|sys|time|datetime|re|math|base64|urllib(?:\.\w+)?|platform|ssl|hashlib|uuid|random|collections|itertools|ipaddress|string|textwrap|statistics|secrets|http\.client|pprint)\b[\w\s.,]*|print\s*\(.*\)|[A-Za-z_]\w*\s*=(?=[^=])\s*(?:\S.*)?|for\s.+|if\s.+|\[.*\]|json\.dump\((?=.*sys\.stdout).*\))$/;

/** Reading and printing JSON is what these lines are for: its `load` loads nothing else. */
const JSON_CALL = /\bjson\s*\.\s*(?:loads?|dumps)\s*\(/g;

/** Names that ask, calculate and print; those of the program itself come beside them, but not behind a dot. */
const PYTHON_NAMES = new Set(
  (
    'import from as for in if else elif and or not is None True False lambda print len sorted set list dict tuple str int ' +
    'float bool sum min max abs round any all enumerate range zip map filter isinstance repr json loads load dumps dump sys ' +
    'stdin stdout version version_info argv read readline readlines decode encode strip lstrip rstrip split splitlines join ' +
    'replace lower upper title startswith endswith format get keys values items append count index find timeout indent ' +
    'sort_keys separators key reverse end sep time sleep strftime strptime gmtime localtime datetime date timedelta timezone ' +
    'utc now utcnow today fromtimestamp isoformat total_seconds days seconds re match search findall sub group groups math ' +
    'floor ceil sqrt base64 b64decode b64encode urllib request urlopen parse quote unquote urlparse urlencode status code ' +
    'getcode headers platform node machine system_ release hashlib md5 sha1 sha256 hexdigest uuid uuid4 random randint ' +
    'choice collections Counter defaultdict most_common itertools ipaddress ip_address ip_network statistics mean median ' +
    'pprint b r'
  ).split(' '),
);

function namesOnlyKnown(code: string): boolean {
  if (
    /(?:^|[^\w])[rRbB]*[fF][rR]?["'][^"']*\{/.test(code) ||
    code.includes('\\')
  )
    return false;
  const bare = code.replace(/"[^"\n]*"|'[^'\n]*'/g, '""');
  const own = new Set(
    [
      ...bare.matchAll(/(?<![.\w])([A-Za-z_]\w*)\s*=(?!=)/g),
      ...bare.matchAll(
        /\bfor\s+([A-Za-z_]\w*)(?:\s*,\s*([A-Za-z_]\w*))?\s+in\b/g,
      ),
    ].flatMap(([, ...names]) =>
      names.filter(name => name && !name.startsWith('_')),
    ),
  );
  const asks = bare.match(/urlopen/g)?.length ?? 0;
  const plain =
    bare.match(/urlopen\(\s*""\s*(?:,\s*timeout\s*=\s*[\d.]+\s*)?\)/g)
      ?.length ?? 0;
  return (
    asks === plain &&
    [...bare.matchAll(/(\.\s*)?([A-Za-z_]\w*)/g)].every(
      ([, dot, name]) => PYTHON_NAMES.has(name) || (!dot && own.has(name)),
    )
  );
}

/** Whether each statement only asks and prints. */
function pythonOnlyReads(code: string): boolean {
  return (
    namesOnlyKnown(code) &&
    !CODE_DANGER.test(code.replace(JSON_CALL, 'json(')) &&
    pythonStatements(code).every(one => PYTHON_STATEMENT.test(one))
  );
}

/** Divides at line ends and at semicolons that stand in no string. */
function pythonStatements(code: string): string[] {
  const statements: string[] = [];
  let quote = '';
  let start = 0;
  for (let at = 0; at < code.length; at += 1) {
    const letter = code[at];
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") {
      quote = letter;
    } else if (letter === ';' || letter === '\n') {
      statements.push(code.slice(start, at));
      start = at + 1;
    }
  }
  return [...statements, code.slice(start)]
    .map(one => one.trim())
    .filter(one => one !== '');
}

/** Python: a line, a module, a program or its prompt. */
export function python(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'c m W X',
    stopsAtOperand: true,
  });
  if (options.has('V', 'version'))
    return isLocal('shows the version of Python');
  const isolated = options.has('I');
  const at = call.args.findIndex(one => one.value === '-c');
  const code = options.value('c');
  if (code) {
    scene.interpretsAgain(code, 'a program of Python');
    // Modules are looked for in the working directory first.
    if (scene.where === 'here' && !isolated)
      return isUnknown(
        'runs a program of Python, which takes modules from the working directory',
      );
    const short =
      code.value.length < 1000 && !code.spliced && code.certainty !== 'words';
    if (short && at >= 0 && pythonOnlyReads(code.value)) {
      return reads('runs a line of Python that only asks and prints');
    }
    return isUnknown('runs a program of Python; what it does is not known');
  }
  const module = options.value('m');
  if (
    module &&
    (scene.where === 'there' || isolated) &&
    /^(json\.tool|site|platform|calendar|this|base64_|timeit_)$/.test(
      module.value,
    )
  )
    return isLocal(`runs ${module.value}`);
  if (module && /^(venv|virtualenv|compileall)$/.test(module.value))
    return changesFiles('makes an environment of Python');
  if (module && TOOL_MODULE.test(module.value)) {
    const from = call.args.indexOf(module);
    return scene.judgeCommand(
      [
        {
          ...module,
          value: module.value === 'django' ? 'manage.py' : module.value,
        },
        ...call.args.slice(from + 1),
      ],
      scene,
    );
  }
  if (module?.value === 'http.server' && (scene.where === 'there' || isolated))
    return reads('serves files of this folder', {
      interactive: servesForever('serves files until it is stopped'),
    });
  if (options.operands.length === 0 && !module && !call.input)
    return isUnknown('opens Python', {
      writes: [],
      interactive: needsTerminal(
        `\`${call.tool}\` waits for what a person types`,
      ),
    });
  const script = module ?? options.operands[0];
  if (!script) return isUnknown('runs a program of Python that it is given');
  const args = call.args.slice(call.args.indexOf(script) + 1);
  return (
    judgeFramework(script, args, call, scene) ??
    judgeByName('runs', script.value, args, scene)
  );
}

/** A language that runs the script it is given: `php artisan`, `node scripts/deploy.js`. */
export function program(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'r require e eval p print d I i import loader P project O env-file',
    stopsAtOperand: true,
  });
  const script = options.operands[0];
  if (!script || options.has('e', 'eval', 'p', 'print', 'r', 'n'))
    return repl(call, scene);
  const args = options.operands.slice(1);
  return (
    judgeFramework(script, args, call, scene) ??
    judgeByName(`runs with ${call.tool}`, script.value, args, scene)
  );
}

/** A language with a prompt of its own. */
export function repl(call: Call, scene: Scene): Verdict {
  if (call.args.length === 0 && !call.input)
    return isUnknown(`opens ${call.tool}`, {
      writes: [],
      interactive: needsTerminal(
        `\`${call.tool}\` waits for what a person types`,
      ),
    });
  return runsCode(`runs a program with ${call.tool}:`)(call, scene);
}

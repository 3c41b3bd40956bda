import { trimmedEnd } from '../text/trimmed';
import { ruleFor } from './effects/judgeTool';

/**
 * What the info string of a fence says about its text.
 *
 * - `shell`: a script. - `session`: a terminal, perhaps with prompts and output. - `open`: nothing that helps.
 * - anything else: the name of another language.
 */
export type LanguageHint =
  | { kind: 'shell' }
  | { kind: 'session' }
  | { kind: 'open' }
  | { kind: 'other'; name: string };

const SHELL = new Set(
  'bash sh shell zsh ksh dash ash fish shel bsh bas bashh shellscript shell-script script shells posix'.split(
    ' ',
  ),
);
const SESSION = new Set(
  (
    'console terminal shell-session shellsession sh-session bash-session bashsession console-session term cli command ' +
    'commandline command-line commands cmdline prompt session zsh-session'
  ).split(' '),
);
const OPEN = new Set(
  'text txt plain plaintext none raw output log logs code example title file name attr'.split(
    ' ',
  ),
);
const ALIASES: Record<string, string> = {
  yml: 'yaml',
  tf: 'hcl',
  terraform: 'hcl',
  js: 'javascript',
  ts: 'typescript',
  py: 'python',
  rb: 'ruby',
  golang: 'go',
  ps1: 'powershell',
  pwsh: 'powershell',
  ps: 'powershell',
  bat: 'batch',
  cmd: 'batch',
  dos: 'batch',
  mysql: 'sql',
  psql: 'sql',
  pgsql: 'sql',
  postgresql: 'sql',
  postgres: 'sql',
  plsql: 'sql',
  promql: 'promql',
  prometheus: 'promql',
  conf: 'configuration',
  ini: 'configuration',
  cfg: 'configuration',
  toml: 'configuration',
  properties: 'configuration',
  dotenv: 'configuration',
  nginx: 'configuration',
  md: 'markdown',
};

/** Reads an info string, also a broken one: `8sh`, `!bash`, `{.bash}`, `sh {"name":"x"}`. */
export function languageHint(language: string | undefined): LanguageHint {
  const info = (language ?? '').trim().toLowerCase();
  const word = /[a-z][a-z0-9_+#-]*/.exec(info)?.[0] ?? '';
  const bare = trimmedEnd(word, /[_+#-]/);
  if (bare === '' || OPEN.has(bare)) return { kind: 'open' };
  if (SHELL.has(bare))
    return /^(sh|shell|bash)[ -]?session/.test(info)
      ? { kind: 'session' }
      : { kind: 'shell' };
  if (SESSION.has(bare)) return { kind: 'session' };
  if (Object.prototype.hasOwnProperty.call(ALIASES, bare))
    return { kind: 'other', name: ALIASES[bare] };
  if (
    /^(kubectl|oc|helm|docker|git|curl|aws|gcloud|az|argocd|terraform_)$/.test(
      bare,
    ) &&
    ruleFor(bare)
  )
    return { kind: 'open' };
  return { kind: 'other', name: bare };
}

/** Languages in whose fences nothing is ever run. */
export function isNeverShell(name: string): boolean {
  return /^(powershell|batch|dockerfile|docker|mermaid|diff|html|xml|plantuml|dot|graphviz|csv|markdown|latex|css|lua|java|kotlin|swift|rust|scala|perl|php|c|cpp|csharp|r)$/.test(
    name,
  );
}

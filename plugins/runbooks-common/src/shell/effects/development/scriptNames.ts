import type { Argument } from '../../words';
import type { Scene } from '../scene';
import { changes, destroys, isUnknown, type Verdict } from '../verdict';

/**
 * Judges a script, a target or a tool that we do not know, by what its name plainly says.
 *
 * What a project calls `deploy` or `reset-db` is in no table, and what it does cannot be told from the text: it is
 * unknown, and must never be called better than that. But a person who reads `./scripts/deploy.sh` or
 * `make db-reset` does not say "unknown": the name says that it changes or deletes, and to be asked for care is what
 * this person expects. So a name may only make it worse: `change` for deploying, migrating, seeding, restarting;
 * `destructive` for deleting, dropping, resetting, restoring over what is there.
 *
 * A name that also says that it only looks (`verify-deploy`, `migration-status`, `test-restore`), and a rehearsal
 * (`./deploy.sh --dry-run`), say nothing: unknown. So does a name that no rule knows, whatever it promises: a script
 * called `health-check.sh` may do anything.
 */
export function judgeByName(
  does: string,
  name: string,
  args: readonly Argument[],
  scene: Scene,
): Verdict {
  const told = saidBy(wordsOf(name), args);
  const what = `${does} ${scene.show(name)}`;
  if (!told)
    return isUnknown(`${what}; what it does is not known from the text`);
  const because = `${what}: as its name says, to ${told.word}; what else it does is not known`;
  return told.effect === 'destructive'
    ? destroys(because, { writes: undefined })
    : changes(because, { writes: undefined });
}

/** Judges a command that no rule knows: a script by its name, any other tool by the verb it is given. */
export function judgeUnknownTool(
  tool: string,
  args: readonly Argument[],
  scene: Scene,
): Verdict {
  return /[/]|\.(sh|py|rb|pl|js)$/.test(tool)
    ? judgeByName('runs the script', tool, args, scene)
    : judgeByVerb(tool, args, scene);
}

/**
 * Judges a tool that we do not know by the verb it is given: `acme-cli deploy web`. Only its first two words count;
 * what follows may be names.
 */
export function judgeByVerb(
  tool: string,
  args: readonly Argument[],
  scene: Scene,
): Verdict {
  const verbs = args
    .filter(one => !one.value.startsWith('-'))
    .slice(0, 2)
    .filter(isWord)
    .map(one => one.value);
  const told = saidBy(
    verbs.flatMap(one => wordsOf(one)),
    args,
  );
  const shown = scene.show(tool);
  if (!told) return isUnknown(`what ${shown} does is not known`);
  const because = `runs ${shown} to ${told.word}, as its words say; what it does is not known in full`;
  return told.effect === 'destructive'
    ? destroys(because, { writes: undefined })
    : changes(because, { writes: undefined });
}

/** What only looks. Nouns such as "logs" or "backup" are not here: they can be deleted. */
const LOOKS = words(
  'check checks checker verify verifies verification validate validation test tests tester smoke e2e status healthcheck list ls ' +
    'show get describe diff plan dry preview lint monitor watch audit compare inspect info help simulate simulation print ' +
    'analyze analyse estimate scan ping wait ready query find search read explain',
);
const DESTROYS = words(
  'delete destroy drop wipe purge nuke teardown truncate flush remove uninstall restore prune erase undeploy decommission ' +
    'cleanup deletion removal',
);
const CHANGES = words(
  'deploy redeploy deployment release publish promote migrate migrations migration seed rollback revert undo restart reload ' +
    'stop start scale upgrade update install provision bootstrap apply rotate failover switchover cutover enable disable import ' +
    'sync push create register drain backfill reindex repair unlock setup init up down configure renew activate deactivate ' +
    'execute recover recovery replay requeue retry failback downgrade send upload',
);
/** `reset` is bad for these, and for what it alone is said of; a password can be reset again. */
const RESET_OF = words(
  'db database databases data env environment schema index offset offsets cluster all queue redis state volume volumes ' +
    'tenant hard fresh reset',
);

/** What names of scripts say: the worst of them; `looks` where one says that it only looks. */
export function worstSaid(
  names: readonly string[],
): 'looks' | 'change' | 'destructive' | undefined {
  const all = names.map(wordsOf);
  const told = all.flatMap(name => saidBy(name, [])?.effect ?? []);
  if (told.includes('destructive')) return 'destructive';
  if (told.length > 0) return 'change';
  return all.some(name => name.some(word => LOOKS.has(word)))
    ? 'looks'
    : undefined;
}

interface Told {
  effect: 'change' | 'destructive';
  word: string;
}

function saidBy(
  name: readonly string[],
  args: readonly Argument[],
): Told | undefined {
  if (args.some(isRehearsal)) return undefined;
  if (name.some(word => LOOKS.has(word))) return undefined;
  const first = args.find(one => !one.value.startsWith('-'));
  const verb = first && isWord(first) ? wordsOf(first.value) : [];
  if (verb.some(word => LOOKS.has(word)) && verb.length === 1) return undefined;
  const switches = args.flatMap(
    ({ value }) => /^--([a-z]+)$/.exec(value)?.[1] ?? [],
  );
  return (
    worstOf(name) ??
    (verb.length <= 2 ? worstOf(verb) : undefined) ??
    worstOf(switches)
  );
}

function worstOf(name: readonly string[]): Told | undefined {
  const destroying = name.find(word => DESTROYS.has(word));
  if (destroying) return means('destructive', destroying);
  if (name.includes('tear') && name.includes('down'))
    return means('destructive', 'tear down');
  if (name.includes('clean') && name.includes('up'))
    return means('destructive', 'clean up');
  if (name.includes('reset'))
    return means(
      name.length === 1 || name.some(w => w !== 'reset' && RESET_OF.has(w))
        ? 'destructive'
        : 'change',
      'reset',
    );
  if (name.includes('roll') && name.includes('back'))
    return means('change', 'roll back');
  const changing = name.find(word => CHANGES.has(word));
  return changing ? means('change', changing) : undefined;
}

function means(effect: Told['effect'], word: string): Told {
  return { effect, word };
}

/** `scripts/resetDb.sh` → reset, db. */
function wordsOf(name: string): string[] {
  return name
    .replace(/^.*\//, '')
    .replace(/\.[A-Za-z]{1,4}$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
}

function isWord(argument: Argument): boolean {
  return (
    argument.certainty === 'exact' &&
    /^[A-Za-z][\w:-]{1,40}$/.test(argument.value)
  );
}

function isRehearsal({ value }: Argument): boolean {
  return /^--?(?:dry-?run|check|plan|diff|help|h|list|status|version|preview|simulate|noop|no-op|what-?if|validate|verify)(?:=true)?$/i.test(
    value,
  );
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

import { type Definitions, definitionsOf } from './definitions';
import { KnownVerdicts } from './KnownVerdicts';
import type { ShellNode, ShellScript } from './parse';

/** What the functions and aliases that a script may call are, and what is known of them. */
export interface CallableNames {
  functions: ReadonlyMap<string, ShellNode>;
  aliases: Map<string, string>;
  /** What calls of functions do that were judged before. */
  verdicts: KnownVerdicts;
  /** Functions of earlier texts, which a run of this text alone does not know. */
  earlier: ReadonlySet<string>;
  /** Functions whose bodies are being judged: calls among them would never end. */
  calling: Set<string>;
  /** Bodies that stand in scripts which this one sources. */
  sourced: ReadonlySet<ShellNode>;
}

/** The names of a script that follows earlier texts; its own, and of scripts that it sources, come before theirs. */
export function namesOf(
  script: ShellScript,
  earlier: Definitions | undefined,
  sourced: readonly ShellScript[] = [],
): CallableNames {
  const { functions, aliases } = definitionsOf(script, ...sourced);
  const before = [...(earlier?.functions.keys() ?? [])];
  return {
    functions: new Map([...(earlier?.functions ?? []), ...functions]),
    aliases: new Map([...(earlier?.aliases ?? []), ...aliases]),
    verdicts: new KnownVerdicts(),
    earlier: new Set(before.filter(name => !functions.has(name))),
    calling: new Set(),
    sourced: new Set(
      sourced.flatMap(one => [...definitionsOf(one).functions.values()]),
    ),
  };
}

/** The names in the body of a function of a script, whose functions the names outside hold already. */
export function namesInBody(
  script: ShellScript,
  outer: CallableNames,
): CallableNames {
  return {
    ...outer,
    aliases: new Map(aliasesOf(script)),
    verdicts: new KnownVerdicts(outer.verdicts),
  };
}

/** The names in text that is interpreted again: only where that happens here, it knows those around it. */
export function namesInText(
  script: ShellScript,
  outer: CallableNames,
  isHere: boolean,
): CallableNames {
  const { functions, aliases } = definitionsOf(script);
  return {
    ...outer,
    functions: isHere ? new Map([...outer.functions, ...functions]) : functions,
    aliases,
    verdicts: new KnownVerdicts(isHere ? outer.verdicts : undefined),
  };
}

/** Each call of a function asks again for the aliases of the same script. */
const KNOWN_ALIASES = new WeakMap<ShellScript, ReadonlyMap<string, string>>();

function aliasesOf(script: ShellScript): ReadonlyMap<string, string> {
  const known = KNOWN_ALIASES.get(script) ?? definitionsOf(script).aliases;
  KNOWN_ALIASES.set(script, known);
  return known;
}

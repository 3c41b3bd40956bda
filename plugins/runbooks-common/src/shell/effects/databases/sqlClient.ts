import type { Argument } from '../../words';
import { asks, needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import { writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import { judgeSql } from '../sql';
import {
  combined,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
  verdict,
} from '../verdict';

interface SqlClient {
  values: string;
  /** Options whose value is SQL. */
  query: string[];
  file: string[];
  output?: string[];
  /** Switches that ask for a password. */
  password?: string[];
  name: string;
  /** What SQL-less use would open. */
  positional?: number;
}

/** A rule for a client that is given SQL as an option, an argument, a file or its input. */
export function sqlClient(client: SqlClient): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, {
      values: client.values,
      abbreviates: true,
    });
    if (isOn(options, 'help', '?', 'version', 'V'))
      return isLocal(`shows the help of ${call.tool}`);
    const verdicts: Verdict[] = [];
    for (const { value } of options.all(...client.query))
      verdicts.push(judgeQuery(value, scene, client.name));
    const positional =
      client.positional !== undefined
        ? options.operands[client.positional]
        : undefined;
    if (positional) verdicts.push(judgeQuery(positional, scene, client.name));
    for (const { value } of options.all(...client.file)) {
      verdicts.push(
        /^(-|\/dev\/stdin)$/.test(value?.value ?? '')
          ? judgeInput(call, scene, client.name)
          : isUnknown(
              `runs the SQL of ${value ? scene.show(value.value) : 'a file'}`,
              { writes: [] },
            ),
      );
    }
    for (const { value } of options.all(...(client.output ?? []))) {
      if (value)
        verdicts.push(
          /^\|/.test(value.value)
            ? isUnknown('gives its output to another program')
            : writesTo(value, scene),
        );
    }
    if (isOn(options, 'l', 'list') && call.tool === 'psql')
      verdicts.push(reads('lists databases'));
    const bare = verdicts.length === 0;
    if (bare && call.input) verdicts.push(judgeInput(call, scene, client.name));
    if (
      options.unclear &&
      options.operands.some(
        one => one.certainty === 'words' && /^[$`]/.test(one.value),
      ) &&
      bare
    ) {
      return isUnknown(`what ${call.tool} is told to do is not known`, {
        writes: [],
      });
    }
    if (verdicts.length === 0) {
      return isUnknown(`opens ${client.name}`, {
        writes: [],
        interactive: needsTerminal(
          `\`${call.tool}\` without a query waits for what a person types`,
        ),
      });
    }
    const judged = combined(verdicts, '');
    const password = client.password?.some(name =>
      options.given.some(one => one.name === name && !one.value),
    );
    return password
      ? { ...judged, interactive: asks(`\`${call.tool}\` asks for a password`) }
      : judged;
  };
}

/** Judges one query that is given as an argument. */
export function judgeQuery(
  query: Argument | undefined,
  scene: Scene,
  name: string,
): Verdict {
  if (!query)
    return isUnknown(`what ${name} is asked is not known`, { writes: [] });
  scene.interpretsAgain(query, `SQL of ${name}`);
  const { effect, because } = judgeSql(scene.show(query.value));
  if (effect === 'read' && (query.certainty === 'words' || query.spliced)) {
    return isUnknown(`the query is not wholly known: ${because}`, {
      writes: [],
    });
  }
  return verdict(effect, because, { writes: [] });
}

/** Judges what a client reads from its input. */
export function judgeInput(call: Call, scene: Scene, name: string): Verdict {
  const { input } = call;
  if (input?.kind !== 'text') {
    return isUnknown(
      `${name} runs ${
        input?.kind === 'file'
          ? scene.show(input.path.value)
          : 'what it is given'
      }`,
      { writes: [] },
    );
  }
  scene.interpretsAgain(input.argument, `SQL of ${name}`);
  const { effect, because } = judgeSql(scene.show(input.text));
  return effect === 'read' && !input.exact
    ? isUnknown(`the query is not wholly known: ${because}`, { writes: [] })
    : verdict(effect, because, { writes: [] });
}

import { assignedValues, unsure } from './assignedValues';
import { either, overwrittenIn } from './earlierTexts';
import type { Scene } from './effects/scene';
import { handedArguments } from './handedArguments';
import { hiddenAssignments, literalsIn } from './hiddenAssignments';
import { inheritedValues, untoldValues } from './inheritedValues';
import {
  isSourcing,
  type JudgingContext,
  withoutArguments,
} from './judgingContext';
import { movesOf } from './movesOf';
import type { ShellNode, ShellScript } from './parse';
import { placesOf } from './places';
import { exportedValues } from './scriptFile';
import { assignmentsOf, valuesOf } from './variables';
import { ANY_DIVIDER } from './wordDivision';
import type { Argument } from './words';

/**
 * What a script is judged with that runs inside of another one: which variables it sees, where it begins, what its
 * arguments are. Each function makes the inner context of the one around it.
 */

/** Of the body of a function, called with arguments. `isElsewhere`: it stands in a script that was read in. */
export function contextOfBody(
  { own, ...context }: JudgingContext,
  body: ShellNode,
  args: readonly Argument[],
  isElsewhere: boolean,
): JudgingContext {
  const handed = handedArguments(body, args);
  return {
    ...context,
    ...(own && !isElsewhere ? { own } : {}),
    // Its changes of folder are among those of the script.
    text: '',
    values: new Map([...withoutArguments(context.values), ...handed.values]),
    handedAt: handed.handedAt,
  };
}

/** Of a text that something interprets again. */
export function contextOfText(
  outer: JudgingContext,
  script: ShellScript,
  text: string,
  exported: ReadonlySet<string>,
): JudgingContext {
  const { own: _own, handedAt: _handedAt, values: around, ...context } = outer;
  const written = assignmentsOf(script);
  const { anything, assignments } = hiddenAssignments(
    script,
    literalsIn(written, around),
  );
  const assigned = valuesOf([...written, ...assignments]);
  const values = new Map([
    ...untoldValues(around, exported),
    ...withoutArguments(around),
    ...assigned,
  ]);
  if (anything) {
    for (const [name, value] of values) values.set(name, unsure(value));
    values.set(...ANY_DIVIDER);
  }
  return { ...context, ...seenAround(outer, text), values, text };
}

/** How a script of the workspace is started. */
export interface StartedFile {
  file: { path: string; text: string };
  /** Its path and its arguments. */
  words: readonly Argument[];
  /** In a shell of its own, or read into this one (`source`). */
  shell: 'own' | 'this';
  /** Variables that programs see, by what the texts around it export. */
  exported: ReadonlySet<string>;
}

/** Of a script of the workspace. */
export function contextOfFile(
  outer: JudgingContext,
  script: ShellScript,
  { file, words, shell, exported }: StartedFile,
  scene: Scene,
): JudgingContext {
  const args = words.slice(1);
  const isOwn = shell === 'own';
  const { own: outerPlace, handedAt: _handedAt, ...context } = outer;
  const zero = isOwn ? file.path : outerPlace?.zero;
  const own = {
    source: file.path,
    ...(zero === undefined ? {} : { zero }),
  };
  const around = {
    ...(outer.fileText ? { fileText: outer.fileText.bind(outer) } : {}),
    ...(outer.isLink ? { isLink: outer.isLink } : {}),
    ...(scene.folders ? { folders: scene.folders } : {}),
  };
  const { sourced } = assignedValues(script, {
    ...around,
    own,
    given: new Map(),
    held: outer.values,
  });
  const handed = handedArguments(
    script,
    args,
    sourced.every(one => handedArguments(one, []).values.length > 0),
  );
  const overwritten = overwrittenIn(script, placesOf(script, file.text.length));
  const seen = isOwn
    ? [
        ...inheritedValues(outer.values, exported).filter(
          ([name]) => !overwritten.has(name),
        ),
        ...exportedValues(outer.values),
      ]
    : withoutArguments(outer.values);
  // Without arguments of its own, a sourced file has those of the script around it.
  const isGiven = isOwn || args.length > 0;
  const given = new Map([...seen, ...(isGiven ? handed.values : [])]);
  const mayMove = sourced.some(one => movesOf(one).moves);
  const { values, assignments, isSure } = assignedValues(script, {
    ...around,
    given,
    ...(mayMove ? {} : { own }),
  });
  if (!isSure)
    for (const [name, value] of given) given.set(name, unsure(value));
  for (const { name } of assignments) {
    const before = given.get(name);
    const mine = values.get(name);
    if (before && mine) given.set(name, either(before, mine, false));
  }
  return {
    ...context,
    ...seenAround(outer, file.text),
    values: new Map([...values, ...given]),
    text: file.text,
    sourced,
    ...(mayMove ? {} : { own }),
    ...(isGiven ? { handedAt: handed.handedAt } : {}),
  };
}

/** What a text that is judged inside of another one sees of it. */
function seenAround(
  outer: JudgingContext,
  text: string,
): Pick<JudgingContext, 'around' | 'isSourced'> {
  return {
    around: [...(outer.around ?? []), outer.values],
    isSourced:
      outer.isSourced === true ||
      isSourcing(outer.text ?? '') ||
      isSourcing(text),
  };
}

import type { Mask } from './masks';
import type { PlaceholderUse } from './model';
import type { ShellScript, ShellWord } from './parse';
import type { Places } from './places';
import { steersCommands } from './effects/wrappers/settings';
import {
  isShellVariable,
  literalOf,
  type VariableAssignment,
} from './variables';

/** What decides which variables somebody has to supply. */
export interface KnownVariables {
  assignments: readonly VariableAssignment[];
  /** Whether an earlier text gave it a value that nobody has to choose. */
  isAssignedBefore: (name: string) => boolean;
  /** Variables that name commands in other texts of the document. */
  namesOfCommands: ReadonlySet<string>;
}

/** The placeholders that masks stand for, each with its exact place. */
export function maskedPlaceholders(
  masks: readonly Mask[],
  places: Places,
  text: string,
): PlaceholderUse[] {
  return masks.map(mask => {
    const { place, because } = placeOfMask(mask, places, text);
    return {
      parameter: mask.parameter,
      form: mask.form,
      place,
      start: mask.start,
      end: mask.end,
      written: mask.written,
      ...(because ? { because } : {}),
    };
  });
}

function placeOfMask(mask: Mask, places: Places, text: string) {
  const found = places.at(mask.start);
  if (found.place === 'none') return found;
  if (text[mask.start - 1] === '$') {
    return {
      place: 'none' as const,
      because: `a $ stands before ${mask.written}, which would make it the name of a variable`,
    };
  }
  if (text[mask.start - 1] === '\\' && found.place !== 'single') {
    return { place: 'none' as const, because: 'a backslash stands before it' };
  }
  if (found.place === 'word' && isOptionName(text, mask.start)) {
    return { place: 'none' as const, because: 'it is the name of an option' };
  }
  return found;
}

//   kubectl get --<option>=x
//                 ^
function isOptionName(text: string, at: number): boolean {
  let start = at;
  while (start > 0 && !/[\s;&|()]/.test(text[start - 1])) start -= 1;
  const before = text.slice(start, at);
  return (
    before.startsWith('-') &&
    !/[=:]/.test(before) &&
    (/^--/.test(before) || before === '-')
  );
}

/** Variables that nobody gave a value before they are used. */
export function variablePlaceholders(
  places: Places,
  text: string,
  known: KnownVariables,
): PlaceholderUse[] {
  const first = new Map<string, number>();
  for (const { name, pos, temporary } of known.assignments) {
    if (temporary) continue;
    first.set(name, Math.min(pos, first.get(name) ?? Infinity));
  }
  return places.variables
    .filter(
      use => !isShellVariable(use.name) && !known.isAssignedBefore(use.name),
    )
    .filter(use => {
      const assigned = first.get(use.name);
      return (
        assigned === undefined || (!use.inFunction && assigned > use.start)
      );
    })
    .map(use => ({
      // The variable itself: a value is passed under the name that the text uses.
      parameter: use.name,
      form: 'variable' as const,
      place: use.place,
      start: use.start,
      end: use.end,
      written: text.slice(use.start, use.end),
      ...(use.default === undefined ? {} : { default: use.default }),
      ...(first.has(use.name) ? { assignedLater: true } : {}),
      ...(use.because ? { because: use.because } : {}),
    }));
}

/** Settings at the top level that a person may choose otherwise: `export X="literal"` and `X=literal`. */
export function assignmentPlaceholders(
  script: ShellScript,
  text: string,
  known: KnownVariables,
  places: Places,
): PlaceholderUse[] {
  const counts = new Map<string, number>();
  for (const { name } of known.assignments)
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const found: PlaceholderUse[] = [];
  for (const { command } of script.commands) {
    if (command.type !== 'Command') continue;
    const exports = command.name?.value === 'export';
    if (command.name && !exports) continue;
    for (const part of exports ? command.args : command.prefix) {
      if (
        part.type !== 'Assignment' ||
        part.value.type !== 'Word' ||
        part.append ||
        part.index
      )
        continue;
      if (
        counts.get(part.name) !== 1 ||
        !isSetting(part.name, part.value.value)
      )
        continue;
      if (namesCommands(part.name, places, known)) continue;
      if (!exports && !isUsedAsSetting(part.name, part.end, places)) continue;
      const use = settingUse(part.name, part.value, text);
      if (use) found.push(use);
    }
  }
  return found;
}

function isSetting(name: string, value: string): boolean {
  return (
    !isShellVariable(name) &&
    !/_proxy$/i.test(name) &&
    !steersCommands(name, value)
  );
}

/** What is expanded to a command is part of the text and nobody's choice. */
function namesCommands(
  name: string,
  places: Places,
  { namesOfCommands }: KnownVariables,
): boolean {
  return (
    namesOfCommands.has(name) ||
    places.variables.some(use => use.name === name && use.place === 'none')
  );
}

function isUsedAsSetting(name: string, after: number, places: Places): boolean {
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return false;
  const uses = places.variables.filter(use => use.name === name);
  return uses.length === 0 || uses.some(use => use.start >= after);
}

function settingUse(
  name: string,
  value: ShellWord,
  text: string,
): PlaceholderUse | undefined {
  const literal = literalOf(value);
  if (literal === undefined || /[\ue000-\uf8ff\n]/.test(literal))
    return undefined;
  const isEmpty = literal === '' || /^(\.{3}|…)$/.test(literal);
  return {
    parameter: name,
    form: 'export',
    place: 'assignment',
    start: value.pos,
    end: value.end,
    written: text.slice(value.pos, value.end),
    ...(isEmpty ? {} : { default: literal }),
  };
}

import type { Parameter } from '../document/model';
import type { PlaceholderUse } from '../shell/model';
import { applyEdits, environmentNameOf } from './bindText';
import { editsOf, type TextOfStep } from './boundTextOf';
import { type DataPlace, dataPlacesOf } from './dataPlaces/dataPlacesOf';
import { isPlainPath, isPlainValue } from './parameterValues';

const PLAIN = 'expected only letters, digits and . _ : / @ + -';

/**
 * Why a value cannot stand where a step has its parameter, with what is expected, one reason for each such place.
 *
 * A plain word may stand anywhere. Any other value may stand only where the document quotes the place, and where
 * the text that bash gets hands it to a program that is known to take it as data (`dataPlacesOf`): nothing else of
 * the text, and no variable of it, may hold it. What the document itself writes as the default is its own text, and a
 * secret value is followed wherever it goes (`secretFlow`): both are refused only where text is read once more.
 */
export function refusedPlaces(
  step: TextOfStep,
  parameter: Pick<Parameter, 'name' | 'type' | 'default'>,
  value: string,
): string[] {
  if (isPlainValue(value)) return [];
  const uses = step.placeholders.filter(
    use => use.parameter === parameter.name,
  );
  if (uses.length === 0) return [];
  const isWritten = value === parameter.default;
  const isFollowed =
    parameter.type === 'secret' ||
    (parameter.type === 'path' && isPlainPath(value));
  if (isWritten || isFollowed)
    return uses.flatMap(use => readAgain(use, isWritten) ?? []);
  const bound = dataPlacesBound(step);
  const refused = uses.flatMap(
    use => refusedPlace(use, value, bound.places.get(use)) ?? [],
  );
  const written = bound.text.split(
    new RegExp(`(?<!\\w)${environmentNameOf(uses[0])}(?!\\w)`),
  );
  return refused.length === 0 && written.length - 1 !== uses.length
    ? [`the text reads ${environmentNameOf(uses[0])} itself; ${PLAIN}`]
    : refused;
}

/** Where even a value is refused that the document or another rule answers for. */
function readAgain(
  use: PlaceholderUse,
  isWritten: boolean,
): string | undefined {
  if (use.place === 'nested' || use.place === 'heredoc')
    return `${use.because ?? 'its value would be read once more'}; ${PLAIN}`;
  return use.place === 'unquoted' && use.form === 'variable' && !isWritten
    ? `bash splits it at blanks and matches files with it, because the document does not quote ${use.written}; ${PLAIN}`
    : undefined;
}

function refusedPlace(
  use: PlaceholderUse,
  value: string,
  place: DataPlace | undefined,
): string | undefined {
  switch (use.place) {
    case 'none':
      return `${use.because ?? 'no value can be put'}; ${PLAIN}`;
    case 'nested':
      return `${use.because ?? 'its value would be read once more'}; ${PLAIN}`;
    case 'heredoc':
      return `it becomes text that a command reads; ${PLAIN}`;
    case 'assignment':
      return `a variable would hold it; ${PLAIN}`;
    case 'word':
    case 'unquoted':
      return `the document does not quote ${use.written}; ${PLAIN}`;
    default:
  }
  if (!place)
    return `${use.written} is no text that a program is known to take as data; ${PLAIN}`;
  if (place.beginsWord && /^[-+]/.test(value))
    return `it would be read as an option; expected a value that does not begin with "${value[0]}"`;
  return place.accepts?.pattern.test(value) === false
    ? `more than an address has a meaning; expected ${place.accepts.expected}`
    : undefined;
}

/** The text that bash gets, and where in it the placeholders of the step became data. */
function dataPlacesBound(step: TextOfStep): {
  text: string;
  places: Map<PlaceholderUse, DataPlace>;
} {
  const edits = editsOf(step);
  const text = applyEdits(step.text, edits);
  const found = new Map(dataPlacesOf(text).map(one => [one.start, one]));
  const useAt = new Map(step.placeholders.map(use => [use.start, use]));
  const places = new Map<PlaceholderUse, DataPlace>();
  let moved = 0;
  let at = 0;
  const ordered = [...edits].sort((a, b) => a.start - b.start || b.end - a.end);
  for (const edit of ordered) {
    if (edit.start < at) continue;
    const start = edit.start + moved + Math.max(0, edit.text.indexOf('$'));
    const use = useAt.get(edit.start);
    const place = found.get(start);
    const isUse = use?.end === edit.end && edit.text.includes('$');
    if (use && place && isUse) places.set(use, place);
    moved += edit.text.length - (edit.end - edit.start);
    at = edit.end;
  }
  return { text, places };
}

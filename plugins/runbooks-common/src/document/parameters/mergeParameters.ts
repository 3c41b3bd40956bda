import type { Parameter, Step } from '../model';
import { labelOfParameter, typeOfParameter } from './parameterTypes';
import { suggestionsBeside } from './suggestionsBeside';
import { trimmedEnd, trimmedStart } from '../../text/trimmed';

/** Literals that the document gave to names before this procedure: `export NAMESPACE="prod"` in a set-up block. */
export type DocumentDefaults = ReadonlyMap<string, string>;

/**
 * The parameters of a procedure: one per name over all its steps, in the order of their first use.
 *
 * A default is what the document assigns literally or writes as `${X:-literal}`; without one the value is required.
 */
export function mergeParameters(
  steps: readonly Step[],
  defaults: DocumentDefaults,
): Parameter[] {
  const merged = new Map<string, Parameter>();
  for (const step of steps) {
    for (const use of step.placeholders) {
      const known = merged.get(use.parameter);
      if (!known) {
        merged.set(use.parameter, newParameter(step, use));
      } else if (known.default === undefined && use.default !== undefined) {
        known.default = use.default;
        known.required = false;
      }
      const parameter = merged.get(use.parameter)!;
      if (!parameter.usedBy.includes(step.id)) parameter.usedBy.push(step.id);
      for (const suggestion of suggestionsBeside(step.text, use)) {
        if (!parameter.suggestions.includes(suggestion)) {
          parameter.suggestions.push(suggestion);
        }
      }
    }
  }
  return [...merged.values()].map(parameter =>
    withDocumentDefault(parameter, defaults),
  );
}

function newParameter(
  step: Step,
  use: Step['placeholders'][number],
): Parameter {
  const { type, suggestions } = typeOf(use);
  return {
    name: use.parameter,
    label: labelOf(use),
    type,
    required: use.default === undefined,
    ...(use.default === undefined ? {} : { default: use.default }),
    suggestions: [...suggestions],
    secret: type === 'secret',
    written: use.written,
    line: step.line + linesBefore(step.text, use.start),
    usedBy: [],
  };
}

/** As it is written where the name cannot say it: in another alphabet. */
function labelOf(use: Step['placeholders'][number]): string {
  return /[^\p{ASCII}]/u.test(use.written)
    ? trimmedEnd(trimmedStart(use.written, /[<{[]/), /[>}\]]/)
    : labelOfParameter(use.parameter);
}

/** By the name, or where that says nothing by what is written in the placeholder: `NAME="<workload-name>"`. */
function typeOf(use: Step['placeholders'][number]) {
  const byName = typeOfParameter(use.parameter);
  if (byName.type !== 'text') return byName;
  return typeOfParameter(
    use.written
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_|_$/g, '')
      .toUpperCase(),
  );
}

function withDocumentDefault(
  parameter: Parameter,
  defaults: DocumentDefaults,
): Parameter {
  const written = defaults.get(parameter.name);
  const result =
    parameter.default === undefined && written !== undefined
      ? { ...parameter, default: written, required: false }
      : parameter;
  const choice = result.default;
  return choice !== undefined &&
    result.type === 'kind' &&
    !result.suggestions.includes(choice)
    ? { ...result, suggestions: [choice, ...result.suggestions] }
    : result;
}

function linesBefore(text: string, offset: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; ) {
    lines += 1;
    at = text.indexOf('\n', at + 1);
  }
  return lines;
}

import type { Parameter, Procedure } from '../document/model';
import { isCredentialLike } from '../redaction';
import type { BoundParameter, PlanProblem } from './model';
import { refuseValue } from './parameterValues';
import { refusedPlaces } from './refusedPlaces';

/** The value of a parameter: as the person gave it, else as the document has it. */
export function valueOf(
  parameter: Parameter,
  values: Readonly<Record<string, string>>,
): string | undefined {
  const given = values[parameter.name];
  return given === undefined || given === '' ? parameter.default : given;
}

/** Whether a value is secret, by its parameter or its look. A default stands in the document, which everybody reads. */
export function isSecretValue(
  parameter: Parameter,
  values: Readonly<Record<string, string>>,
): boolean {
  const given = values[parameter.name];
  if (parameter.secret) return true;
  return given !== parameter.default && isCredentialLike(given ?? '');
}

/** Parameters with the values chosen; secret ones without. */
export function bindParameters(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, string>>,
): BoundParameter[] {
  return parameters.map(parameter => ({
    name: parameter.name,
    label: parameter.label,
    type: parameter.type,
    value: isSecretValue(parameter, values)
      ? ''
      : valueOf(parameter, values) ?? '',
    secret: isSecretValue(parameter, values),
  }));
}

/** Values that belong to no parameter. */
export function unknownParameters(input: {
  procedure: Procedure;
  values: Readonly<Record<string, string>>;
}): PlanProblem[] {
  const known = new Set(input.procedure.parameters.map(({ name }) => name));
  return Object.keys(input.values)
    .filter(name => !known.has(name))
    .map(name => ({
      code: 'unknown-parameter',
      parameter: name,
      message: `"${
        input.procedure.title
      }" has no parameter "${name}"; expected ${
        [...known].join(', ') || 'none'
      }`,
    }));
}

/** What is wrong with the values of parameters: missing, not of their type, or not safe where they stand. */
export function parameterProblems(
  procedure: Procedure,
  values: Readonly<Record<string, string>>,
): PlanProblem[] {
  return procedure.parameters.flatMap((parameter): PlanProblem[] => {
    const value = valueOf(parameter, values);
    if (value === undefined) {
      return parameter.required
        ? [
            {
              code: 'missing-parameter',
              parameter: parameter.name,
              line: parameter.line,
              message: `"${parameter.label}" needs a value: line ${parameter.line} of the document uses it`,
            },
          ]
        : [];
    }
    // What the document itself writes is its text, and judged like all of it.
    const refused =
      value === parameter.default ? undefined : refuseValue(parameter, value);
    if (refused) {
      return [
        {
          code: 'invalid-value',
          parameter: parameter.name,
          line: parameter.line,
          message: refused,
        },
      ];
    }
    return unsafePlaces(procedure, parameter, value);
  });
}

/** Each place of a step where a value may not stand. */
function unsafePlaces(
  procedure: Procedure,
  parameter: Parameter,
  value: string,
): PlanProblem[] {
  return procedure.phases.flatMap(phase =>
    phase.steps.flatMap(step =>
      refusedPlaces(step, parameter, value).map(
        (refused): PlanProblem => ({
          code: 'unsafe-place',
          parameter: parameter.name,
          stepId: step.id,
          line: step.line,
          message: `"${parameter.label}" stands in step "${step.title}" (line ${step.line}) where ${refused}`,
        }),
      ),
    ),
  );
}

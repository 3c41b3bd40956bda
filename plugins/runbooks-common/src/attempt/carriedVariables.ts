import { isOwnName, isProgramSetting, isSetOnPurpose } from './settingNames';

/** What later steps get of the variables that a step leaves behind. @public */
export const CARRIED_LIMITS = {
  /** UTF-8 bytes of one value; the kernel takes at most 128 KiB per environment string. */
  maxValueBytes: 64 * 1024,
  /** UTF-8 bytes of all names and values. */
  maxTotalBytes: 512 * 1024,
} as const;

/** A shell variable that one step leaves to another. @public */
export interface CarriedVariable {
  value: string;
  /** Whether programs see it: only where the document's text exported it. */
  exported: boolean;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const PARAMETER = /^RUNBOOKS_P_[A-Za-z0-9_]+$/;

/** True for names that a parameter's value may have in a step's environment; no program takes such a one as a setting. @public */
export function isParameterVariable(name: string): boolean {
  return PARAMETER.test(name);
}

/** True for names that one step may hand to another: not those of bash and of the sandbox. @public */
export function isCarriedName(name: string): boolean {
  return NAME.test(name) && !isOwnName(name);
}

/**
 * The variables that a step leaves to later ones, in the order given, as long as they fit, and what is not carried.
 *
 * The rule that keeps a step from steering the programs of another is not here but at the way in: a variable reaches
 * a step only where that step's text reads it (`StepExecution.variables`), so that whoever approves the step sees
 * name and value. Here is the rest: names of bash and of the sandbox are never carried; a name that programs are
 * known to take as their setting is carried as a plain shell variable, which the text can read and no program sees.
 *
 * @param left - As the step left them, among them those of bash and of the sandbox.
 * @param given - What the step began with; the same value there is nothing that it left.
 * @param byteLength - UTF-8 length of a text.
 *
 * @public
 */
export function carriedVariables(
  left: Readonly<Record<string, CarriedVariable>>,
  given: Readonly<Record<string, string>>,
  byteLength: (text: string) => number,
): {
  variables: Record<string, CarriedVariable>;
  dropped: Array<{ name: string; because: string }>;
} {
  const variables: Record<string, CarriedVariable> = {};
  const dropped: Array<{ name: string; because: string }> = [];
  let total = 0;
  for (const [name, { value, exported }] of Object.entries(left)) {
    if (!NAME.test(name)) continue;
    const drop = (because: string) =>
      dropped.push({ name: `$${name}`, because });
    if (isOwnName(name)) {
      if (isSetOnPurpose(name) && given[name] !== value) {
        drop('it belongs to the sandbox, and each step begins with its own');
      }
      continue;
    }
    const bytes = byteLength(value);
    if (bytes > CARRIED_LIMITS.maxValueBytes) {
      drop(
        `it has ${bytes} bytes, and at most ${CARRIED_LIMITS.maxValueBytes} are carried`,
      );
    } else if (total + name.length + bytes > CARRIED_LIMITS.maxTotalBytes) {
      drop(
        `all variables together have more than ${CARRIED_LIMITS.maxTotalBytes} bytes`,
      );
    } else {
      const isHidden = exported && isProgramSetting(name);
      if (isHidden) {
        drop(
          'its export: programs take it as a setting, so later steps get it as a plain shell variable',
        );
      }
      variables[name] = { value, exported: exported && !isHidden };
      total += name.length + bytes;
    }
  }
  return { variables, dropped };
}

/** One demand on labels: `app`, `!app`, `app=web`, `app!=web`, `app in (web,api)`, `app notin (web)`. @public */
export type LabelRequirement =
  | { kind: 'exists'; key: string }
  | { kind: 'absent'; key: string }
  | { kind: 'in'; key: string; values: string[] }
  | { kind: 'not-in'; key: string; values: string[] };

/** What reading a selector gave. @public */
export type LabelSelectorReading =
  | { ok: true; requirements: LabelRequirement[] }
  | { ok: false; message: string };

/**
 * Reads a label selector as kubectl takes it. Never throws: what cannot be read says which part and what is expected.
 * An empty text is refused, because it would select everything.
 *
 * @public
 */
export function parseLabelSelector(text: string): LabelSelectorReading {
  const requirements: LabelRequirement[] = [];
  for (const part of splitRequirements(text)) {
    const requirement = parseRequirement(part);
    if (!requirement) {
      return {
        ok: false,
        message: `'${part}' in the label selector '${text}' cannot be read; expected key=value, key!=value, key in (a,b), key notin (a,b), key or !key`,
      };
    }
    requirements.push(requirement);
  }
  return requirements.length > 0
    ? { ok: true, requirements }
    : {
        ok: false,
        message: 'The label selector is empty; expected for example app=web',
      };
}

/** Whether labels meet all demands. @public */
export function matchesLabels(
  labels: Record<string, string> | undefined,
  requirements: LabelRequirement[],
): boolean {
  return requirements.every(requirement => {
    const value =
      labels && Object.hasOwn(labels, requirement.key)
        ? labels[requirement.key]
        : undefined;
    switch (requirement.kind) {
      case 'exists':
        return value !== undefined;
      case 'absent':
        return value === undefined;
      case 'in':
        return value !== undefined && requirement.values.includes(value);
      default:
        return value === undefined || !requirement.values.includes(value);
    }
  });
}

/** The demands of a plain map, as a Service's selector has it. @public */
export function requirementsOf(
  labels: Record<string, string> = {},
): LabelRequirement[] {
  return Object.entries(labels).map(([key, value]) => ({
    kind: 'in',
    key,
    values: [value],
  }));
}

/** Splits at commas that are not inside brackets. */
function splitRequirements(text: string): string[] {
  const parts: string[] = [];
  let end = text.length;
  let bracketBehind = '';
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const sign = text[at];
    if (sign === '(' || sign === ')') bracketBehind = sign;
    if (sign === ',' && bracketBehind !== ')') {
      parts.push(text.slice(at + 1, end));
      end = at;
    }
  }
  parts.push(text.slice(0, end));
  return parts
    .reverse()
    .map(part => part.trim())
    .filter(Boolean);
}

const KEY = '[A-Za-z0-9][A-Za-z0-9._/-]*';
const VALUE = '[A-Za-z0-9._-]*';

function parseRequirement(part: string): LabelRequirement | undefined {
  const equality = new RegExp(`^(${KEY})\\s*(=|==|!=)\\s*(${VALUE})$`).exec(
    part,
  );
  if (equality) {
    const [, key, operator, value] = equality;
    return {
      kind: operator === '!=' ? 'not-in' : 'in',
      key,
      values: [value],
    };
  }
  const set = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`).exec(
    part,
  );
  if (set) {
    const [, key, operator, list] = set;
    const values = list.split(',').map(value => value.trim());
    if (!values.every(value => new RegExp(`^${VALUE}$`).test(value))) {
      return undefined;
    }
    return { kind: operator === 'in' ? 'in' : 'not-in', key, values };
  }
  const existence = new RegExp(`^(!?)\\s*(${KEY})$`).exec(part);
  if (existence) {
    const [, not, key] = existence;
    return { kind: not ? 'absent' : 'exists', key };
  }
  return undefined;
}

/** Stands for all that programs find in their environment. */
export const ENVIRONMENT = '=';

const PRINTS_ALL =
  /\b(?:environ|ENVIRON|ENV\b|envsubst|process\.env|getenv)|(?:^|[\s|;&(\`])(?:printenv|env|set|(?:export|declare|typeset)(?: -p)?)[ \t]*(?:$|[|;&)>\`\n])/;
const PRINTS_NAMED = /\b(?:printenv|getenv)\b[ \t('"]*([A-Za-z_]\w*)/g;

/**
 * What of the environment a text may print: the variables that it names, or `ENVIRONMENT` for any. A name that stands
 * in a variable (`${!NAME}`) may be any too.
 */
export function environmentIn(text: string): string[] {
  const named = [...text.matchAll(PRINTS_NAMED)].map(([, name]) => name);
  return PRINTS_ALL.test(text) || text.includes('${!')
    ? [...named, ENVIRONMENT]
    : named;
}

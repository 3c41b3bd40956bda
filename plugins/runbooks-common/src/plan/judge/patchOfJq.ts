//   "$(jq -n --arg p "$PW" '{stringData: {password: $p}}')"
//                      ^
/** Whether a patch is built by jq, which quotes what it puts in: whole values of data, under keys that are written. */
export function isPatchOfJq(patch: string): boolean {
  const [, name, program] =
    /^\$\(jq -(?:n|nc|cn) --arg ([a-z]\w*) "\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)" '([^']*)'\)$/.exec(
      patch,
    ) ?? [];
  const [, given] =
    /^\s*\{\s*"?(?:stringData|data)"?\s*:\s*\{\s*"?[\w-]+"?\s*:\s*\$(\w+)\s*\}\s*\}\s*$/.exec(
      program ?? '',
    ) ?? [];
  return name !== undefined && given === name;
}

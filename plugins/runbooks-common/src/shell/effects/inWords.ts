/** Verbs whose third person does not follow the rules, and those that name a thing. */
const IRREGULAR: Record<string, string> = {
  have: 'has',
  go: 'goes',
  cp: 'copies',
  mv: 'moves',
  rm: 'deletes',
  rb: 'deletes',
  mb: 'creates',
  del: 'deletes',
  ls: 'lists',
  set: 'sets',
  put: 'writes',
  run: 'runs',
  reboot: 'restarts',
  up: 'starts',
  down: 'stops',
};

/** `restart` → `restarts`, `apply` → `applies`, `push` → `pushes`. */
export function thirdPerson(verb: string): string {
  const known = IRREGULAR[verb];
  if (known) return known;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`;
}

/** What a verb of a tool does, in words: `terminate-instances` → `terminates instances`, `kv put` → `writes kv`. */
export function inWords(verb: string): string {
  const groups = verb.split(' ');
  const [first, ...rest] = (groups.pop() ?? '').split(/[-_:]/);
  return [thirdPerson(first), ...rest, ...groups].join(' ');
}

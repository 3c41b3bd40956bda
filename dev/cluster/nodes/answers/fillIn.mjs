import { tagOf } from '../behaviour.mjs';
import { toSeconds } from '../instants.mjs';

/**
 * Replaces the words in double braces of an answer.
 *
 * @param target the container, as `matches` takes it, with `node` and `ip`
 * @param more what else has a name here: `n`, `stdin.lines`, `1`, ...
 */
export function fillIn(text, target, more = {}) {
  return text.replace(/\{\{\s*([^{}\s]+)\s*\}\}/g, (_, name) =>
    String(more[name] ?? valueOf(name, target) ?? ''),
  );
}

function valueOf(name, target) {
  if (name.startsWith('env.')) return target.env.get(name.slice('env.'.length));
  if (name.startsWith('label.'))
    return target.labels[name.slice('label.'.length)];
  switch (name) {
    case 'now':
      return toSeconds(new Date());
    case 'tag':
      return tagOf(target.image);
    case 'pod':
    case 'namespace':
    case 'container':
    case 'node':
    case 'ip':
    case 'image':
      return target[name];
    default:
      return undefined;
  }
}

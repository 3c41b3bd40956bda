import { isLocal, isUnknown, changes, destroys, reads } from '../verdict';
import { parseOptions } from '../options';
import type { ToolRule } from '../scene';
import { says } from './cloudVerbs';
import { readsInto } from './s3';

/** Google Cloud Storage. */
export const gsutil: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: 'o h u i l p c s b x' });
  const [verb, ...operands] = options.operands;
  if (!verb) return isLocal('shows the help of gsutil');
  if (verb.certainty !== 'exact')
    return isUnknown('what gsutil is told to do is not known');
  const target = operands[operands.length - 1];
  const named = says(operands, scene);
  const remote = target ? /^gs:\/\//.test(target.value) : true;
  switch (verb.value) {
    case 'ls':
    case 'du':
    case 'stat':
    case 'cat':
    case 'hash':
    case 'version':
    case 'help':
    case 'signurl':
      return reads(`looks at ${named}`);
    case 'rm':
    case 'rb':
    case 'mv':
      return destroys(`deletes or moves ${named}`);
    case 'rsync':
      if (
        options.has('d', 'delete-unmatched-destination-objects') ||
        options.unclear
      )
        return destroys(
          `makes ${named} the same and deletes what is not there`,
        );
      if (remote) {
        return changes(`copies files to ${named}`);
      }
      if (target) {
        return readsInto(target, scene);
      }
      return isUnknown('copies files');
    case 'cp':
      if (remote) {
        return changes(`copies files to ${named}`);
      }
      if (target) {
        return readsInto(target, scene);
      }
      return isUnknown('copies files');
    default: {
      const sub = operands[0]?.value;
      if (sub === 'get' || sub === 'list') return reads(`looks at ${named}`);
      return changes(`does gsutil ${verb.value} ${named}`);
    }
  }
};

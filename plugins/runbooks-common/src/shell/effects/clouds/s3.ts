import type { Argument } from '../../words';
import { isOn, parseOptions } from '../options';
import { writesTo } from '../paths';
import type { Scene } from '../scene';
import { changes, destroys, isUnknown, reads, type Verdict } from '../verdict';
import { says } from './cloudVerbs';

/** Judges `aws s3 VERB`. */
export function judgeS3(
  verb: string,
  operands: readonly Argument[],
  options: ReturnType<typeof parseOptions>,
  scene: Scene,
  named: string,
): Verdict {
  const target = operands[operands.length > 2 ? operands.length - 1 : 1];
  // A third word may be the value of an option that is not known.
  const remote =
    target === undefined ||
    operands.slice(1).some(one => /^s3:\/\//.test(one.value)) ||
    (target.certainty !== 'exact' && !/^[./]/.test(target.value));
  switch (verb) {
    case 'ls':
      return reads(`lists ${says(operands, scene) || 'buckets'}`);
    case 'presign':
      return reads(`makes a link to ${says(operands, scene)}`);
    case 'rm':
    case 'rb':
      return destroys(`deletes ${says(operands, scene)}`);
    case 'mv':
      return changes(`moves ${says(operands, scene)}`);
    case 'mb':
      return changes(`creates ${says(operands, scene)}`);
    case 'sync':
      if (isOn(options, 'delete') || options.unclear)
        return destroys(
          `makes ${
            target ? scene.show(target.value) : 'a place'
          } the same as its source and deletes what is not there`,
        );
      return remote
        ? changes(`copies files to ${named}`)
        : readsInto(target, scene);
    case 'cp':
      if (remote && target?.value !== '-')
        return changes(
          `copies files to ${target ? scene.show(target.value) : 'S3'}`,
        );
      return target
        ? readsInto(target, scene)
        : isUnknown('copies files; where to is not known');
    default:
      return isUnknown(`what aws s3 ${verb} does is not known`);
  }
}

/** Fetching something into a file. */
export function readsInto(target: Argument, scene: Scene): Verdict {
  const judged = writesTo(target, scene, 'fetches');
  return judged.effect === 'local' ? { ...judged, effect: 'read' } : judged;
}

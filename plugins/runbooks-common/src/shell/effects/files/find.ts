import type { Argument } from '../../words';
import { deletesAt, liesOutside, writesTo } from '../paths';
import type { Scene, ToolRule } from '../scene';
import { combined, isUnknown, type Verdict, isLocal } from '../verdict';

/** `find`: what it looks at, deletes and starts. */
export const find: ToolRule = (call, scene) => {
  const { args } = call;
  const roots: Argument[] = [];
  for (const arg of args) {
    if (/^[-(!]/.test(arg.value)) break;
    roots.push(arg);
  }
  const verdicts: Verdict[] = [
    {
      ...isLocal(
        `looks for files in ${
          roots.map(one => scene.show(one.value)).join(' ') ||
          'the working directory'
        }`,
      ),
      effect: roots.some(one => liesOutside(one, scene)) ? 'read' : 'local',
    },
  ];
  if (args.some(one => one.certainty === 'words' && /[$`]/.test(one.value))) {
    verdicts.push(
      isUnknown('what find is told to do is not known from the text', {
        writes: [],
      }),
    );
  }
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg.value === '-delete') {
      const from =
        roots.length > 0
          ? roots
          : [{ ...arg, value: './x', certainty: 'exact' as const }];
      verdicts.push(
        ...from.map(root =>
          deletesAt(asFolder(root), scene, 'deletes files below'),
        ),
      );
    }
    if (/^-(exec|execdir|ok|okdir)$/.test(arg.value)) {
      const end = endOfCommand(args, index + 1);
      verdicts.push(foundCommand(args.slice(index + 1, end), roots, scene));
      // Words of that command are none of find's own.
      index = end;
    }
    if (/^-(fprint0?|fprintf|fls)$/.test(arg.value) && args[index + 1])
      verdicts.push(writesTo(args[index + 1], scene));
  }
  return combined(verdicts, 'looks for files');
};

/** What is found below /tmp may belong to anybody. */
function asFolder(root: Argument): Argument {
  if (/^\/(tmp|var\/tmp)(\/|$)/.test(root.value))
    return { ...root, value: `/var/lib${root.value}` };

  return root.value === '.' ? { ...root, value: './x' } : root;
}

//   -exec command {} ;      -exec command {} +
function endOfCommand(args: readonly Argument[], from: number): number {
  for (let at = from; at < args.length; at += 1) {
    const { value } = args[at];
    if (value === ';' || (value === '+' && args[at - 1].value === '{}'))
      return at;
  }
  return args.length;
}

function foundCommand(
  args: readonly Argument[],
  roots: readonly Argument[],
  scene: Scene,
): Verdict {
  const words = args.map(one =>
    one.value === '{}'
      ? {
          ...one,
          value: `${asFolder(roots[0] ?? { ...one, value: '.' }).value}/found`,
        }
      : one,
  );
  return scene.judgeCommand(words, scene);
}

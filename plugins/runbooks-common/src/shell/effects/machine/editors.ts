import { writesTo } from '../paths';
import { needsEditor } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { isLocal, isUnknown, type Verdict } from '../verdict';

function editor(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, { values: 'c cmd u S' });
  if (
    call.args.some(one =>
      /^\+:?!|^--(batch|eval|script)|^-(batch|es|Es)$/.test(one.value),
    )
  )
    return isUnknown(`${call.tool} is told what to do by its options`);
  const file = options.operands[0];
  const silent = isOn(options, 'e', 's', 'es') && options.has('c');
  if (file && !silent && file.certainty !== 'words') {
    const judged = writesTo(file, scene, `opens an editor (${call.tool}) on`);
    return {
      ...judged,
      interactive: needsEditor(`\`${call.tool}\` opens an editor`),
    };
  }
  return isUnknown(
    `opens ${file ? scene.show(file.value) : 'an editor'} in ${call.tool}`,
    silent
      ? {}
      : {
          writes: [],
          interactive: needsEditor(`\`${call.tool}\` opens an editor`),
        },
  );
}

/** Editors. */
export const editorTools: Record<string, ToolRule> = {
  vim: editor,
  vi: editor,
  nvim: editor,
  nano: editor,
  emacs: editor,
  pico: editor,
  ed: editor,
  code: editor,
  ex: editor,
  mcedit: editor,
  joe: editor,
  micro: editor,
  history: () => isLocal('shows what was typed'),
};

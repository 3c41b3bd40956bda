import { INVENTORY } from '../../testUtils/inventory';
import { judgeStep, type JudgedStep, type JudgeStepInput } from '../judgeStep';

/** Judges a text as a step of a run that may write in `shop`, with files of the workspace by their paths. */
export function judgeText(
  text: string,
  files: Readonly<Record<string, string>> = {},
  over: Partial<JudgeStepInput> = {},
): JudgedStep {
  return judgeStep({
    text,
    environment: {},
    waiting: [],
    hidden: [],
    fileText: path => files[path],
    inventory: INVENTORY,
    observeOnly: false,
    scope: {
      source: { kind: 'configuration', rule: 'shop' },
      namespaces: ['shop'],
      reads: 'cluster',
      grants: [],
    },
    namespace: 'shop',
    folders: [''],
    ...over,
  });
}

import { readShell } from '../../shell';
import type { StepDraft } from './stepDraft';

const LEAVES = /^[ \t]*(?:exit|logout|quit|\\q)\b/m;

/**
 * What stands below an opened session ("kubectl exec -it ... -- bash") is typed in it, until it is left: by `exit`, or
 * where the tool that opened it is called again.
 */
export function markTyped(drafts: StepDraft[]): void {
  if (drafts.length < 2) return;
  let opener: string | undefined;
  for (const draft of drafts) {
    if (opener !== undefined && calls(draft, opener)) opener = undefined;
    if (opener === undefined) {
      if (draft.type === 'command') opener = openerOf(draft.text);
      continue;
    }
    if (draft.type === 'command') {
      draft.manualBecause = 'it is typed in the session that was opened above';
    }
    if (LEAVES.test(draft.text)) opener = undefined;
  }
}

/** The tool that opens a session in the last of some commands: `kubectl`, `ssh`. */
function openerOf(text: string): string | undefined {
  const { interactive, commands } = readShell(text, { language: 'bash' });
  const opens =
    interactive?.kind === 'terminal' && interactive.remedy === undefined;
  return opens ? commands.at(-1)?.tool : undefined;
}

function calls(draft: StepDraft, tool: string): boolean {
  return (
    draft.type === 'command' &&
    readShell(draft.text, { language: 'bash' }).commands[0]?.tool === tool
  );
}

import type {
  RunCommandRequest,
  RunView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useState } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';

/** Where the newest command of the person stands. */
export type CommandState =
  | { status: 'idle' }
  | { status: 'sending'; command: RunCommandRequest }
  | { status: 'failed'; command: RunCommandRequest; error: Error };

/** Sends commands to a run, one at a time. */
export interface RunCommander {
  state: CommandState;
  /** Resolves to whether it was accepted. */
  send: (command: RunCommandRequest) => Promise<boolean>;
  forget: () => void;
}

/** Shows the answer at once through `apply`. */
export function useRunCommand(
  runId: string,
  apply: (view: RunView) => void,
): RunCommander {
  const api = useApi(runbooksApiRef);
  const [state, setState] = useState<CommandState>({ status: 'idle' });
  return {
    state,
    forget: () => setState({ status: 'idle' }),
    async send(command) {
      setState({ status: 'sending', command });
      try {
        apply(await api.commandRun(runId, command));
        setState({ status: 'idle' });
        return true;
      } catch (error) {
        setState({ status: 'failed', command, error: error as Error });
        return false;
      }
    },
  };
}

import type { ToolRule } from '../scene';
import { archiveTools } from './archives';
import { changingTools } from './changing';
import { copyingTools } from './copying';
import { find } from './find';
import { kill } from './kill';

/** Commands on files, and on processes as if they were. */
export const fileTools: Record<string, ToolRule> = {
  ...copyingTools,
  ...changingTools,
  ...archiveTools,
  find,
  kill,
  pkill: kill,
  killall: kill,
};

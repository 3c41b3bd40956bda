import type { ToolRule } from '../scene';
import { accountTools } from './accounts';
import { cephTools } from './ceph';
import { diskTools } from './disks';
import { editorTools } from './editors';
import { guardTools } from './guards';
import { networkTools } from './network';
import { packageTools } from './packages';
import { processManagers } from './processManagers';
import { processTools } from './processes';
import { serverTools } from './servers';
import { serviceTools } from './services';

/** Services, packages, disks, accounts and the like of one machine. */
export const machineTools: Record<string, ToolRule> = {
  ...serviceTools,
  ...processManagers,
  ...guardTools,
  ...packageTools,
  ...networkTools,
  ...diskTools,
  ...cephTools,
  ...accountTools,
  ...serverTools,
  ...processTools,
  ...editorTools,
};

import type { ToolRule } from '../scene';
import { aws } from './aws';
import { az } from './azure';
import { eksctl } from './eksctl';
import { googleTools } from './google';
import { otherCloudTools } from './otherClouds';

/** Clouds, and the ways into them. */
export const cloudTools: Record<string, ToolRule> = {
  aws,
  eksctl,
  az,
  ...googleTools,
  ...otherCloudTools,
};

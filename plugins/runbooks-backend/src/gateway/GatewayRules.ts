import {
  decideCall,
  decideHead,
  headerProblem,
  secretAnswered,
  secretAsked,
} from '@backstage-runbooks/plugin-runbooks-common';

/**
 * The decisions that a gateway asks for, in the order in which it asks. They are the core's; a test replaces one to
 * show what would happen without it.
 */
export interface GatewayRules {
  headerProblem: typeof headerProblem;
  decideHead: typeof decideHead;
  decideCall: typeof decideCall;
  secretAsked: typeof secretAsked;
  secretAnswered: typeof secretAnswered;
}

export const GATEWAY_RULES: GatewayRules = {
  headerProblem,
  decideHead,
  decideCall,
  secretAsked,
  secretAnswered,
};

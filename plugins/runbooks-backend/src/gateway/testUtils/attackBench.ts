import type {
  AllowedWrites,
  CallDecision,
} from '@backstage-runbooks/plugin-runbooks-common';
import { StepBench, type StepTrace } from '../../executors/testUtils/StepBench';
import type { GatewayAttempt } from '../GatewayAttempt';
import type { GatewayRules } from '../GatewayRules';

/** What somebody tries, and how to see that it went through. */
export interface Attack {
  /** A step's text; `$NS`, `$OTHER` and `$API` are its namespace, a foreign one, and the relay. */
  text: string;
  allowed?: AllowedWrites;
  gateway?: (bench: StepBench) => Partial<GatewayAttempt>;
  /** The decisions that are taken away to see the harm. */
  without?: Partial<GatewayRules>;
  /** Brings the cluster to where the attack begins; before each of both tries. */
  prepare?: () => Promise<unknown>;
  /** True where the attack went through. */
  harm: (trace: StepTrace) => boolean | Promise<boolean>;
  /** What the step shows instead; a refusal by default. */
  shows?: RegExp;
}

const pass = (): CallDecision => ({ kind: 'pass', secrets: { kind: 'data' } });

/** Whatever is asked for passes. */
export const WITHOUT_DECISION: Partial<GatewayRules> = {
  decideHead: pass,
  decideCall: pass,
};

/** Answers pass as they come. */
export const WITHOUT_CHECK_OF_ANSWERS: Partial<GatewayRules> = {
  secretAnswered: answer => ({ kind: 'pass', answer }),
};

/** Nobody looks at headers. */
export const WITHOUT_CHECK_OF_HEADERS: Partial<GatewayRules> = {
  headerProblem: () => undefined,
};

/** Tries an attack twice: where its defence is taken away, and where it is not. */
export async function tryTwice(
  bench: StepBench,
  other: string,
  attack: Attack,
): Promise<{ undefended: boolean; defended: boolean; shown: string }> {
  const once = async (without: Partial<GatewayRules>) => {
    await attack.prepare?.();
    return bench.run(attack.text, {
      allowed: attack.allowed,
      gateway: attack.gateway?.(bench),
      without,
      execution: {
        timeoutMs: 20_000,
        environment: {
          NS: bench.namespace,
          OTHER: other,
          API: 'http://127.0.0.1:6443',
        },
      },
    });
  };
  const open = await once(attack.without ?? WITHOUT_DECISION);
  const undefended = await attack.harm(open);
  const closed = await once({});
  return {
    undefended,
    defended: await attack.harm(closed),
    shown: `${closed.stdout}${closed.stderr}`,
  };
}

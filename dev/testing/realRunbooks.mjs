import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CHECKOUT } from '../places.mjs';

/** The component of the examples whose system each real document describes, by the number in its file's name. */
const SYSTEMS = {
  '000': {
    owner: 'trading',
    system: 'trading-floor',
    namespace: 'trading-floor',
    kubernetesId: 'strategy-engine',
  },
  '001': {
    owner: 'streaming',
    system: 'streamgate',
    namespace: 'streamgate',
    kubernetesId: 'streamgate-api',
  },
  '002': {
    owner: 'assistants',
    system: 'todo-chatbot',
    namespace: 'todo-chatbot',
    kubernetesId: 'todo-backend',
  },
  '003': {
    owner: 'identity',
    system: 'fintech-services',
    namespace: 'fintech-services',
    kubernetesId: 'auth-service',
  },
  '004': {
    owner: 'platform',
    system: 'cicd-platform',
    namespace: 'prod',
    kubernetesId: 'myapp-backend',
  },
};

/**
 * Real runbooks that lie outside the repository, each as a component `real-NNN` of its system in the examples, read
 * unchanged. `RUNBOOKS_SEEDS` names their folder; none where it is not there.
 */
export function realRunbooks() {
  const folder =
    process.env.RUNBOOKS_SEEDS ?? resolve(CHECKOUT, '..', 'shared', 'seeds');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(file => file.slice(0, 3) in SYSTEMS)
    .map(file => {
      const number = file.slice(0, 3);
      return {
        name: `real-${number}`,
        title: `Real runbook ${number}`,
        documents: [
          {
            name: `${number}.md`,
            text: readFileSync(join(folder, file), 'utf8'),
          },
        ],
        ...SYSTEMS[number],
      };
    });
}

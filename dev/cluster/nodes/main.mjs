import { Answers } from './answers/Answers.mjs';
import { ApiServer } from './ApiServer.mjs';
import { ClusterNetwork } from './ClusterNetwork.mjs';
import { ContainerCommands } from './ContainerCommands.mjs';
import { ContainerEnvironments } from './ContainerEnvironments.mjs';
import { ContainerFiles } from './ContainerFiles.mjs';
import { JobWork } from './JobWork.mjs';
import { NodeServer } from './NodeServer.mjs';
import { PodEvents } from './PodEvents.mjs';
import { Pods } from './Pods.mjs';
import { registerNodes } from './registerNodes.mjs';

/*
 * Plays the three nodes of the cluster: registers them, leads the pods that are
 * scheduled onto them through their lives, and answers what the API server asks
 * a kubelet for. Runs nothing; needs no rights beyond its port.
 */

const { NODES_PORT, NODES_KUBECONFIG, NODES_CERTIFICATES, NODES_SIMULATED } =
  process.env;

const api = ApiServer.fromKubeconfig(NODES_KUBECONFIG);
const answers = new Answers(NODES_SIMULATED);
const environments = new ContainerEnvironments(api);
const commands = new ContainerCommands({
  answers,
  files: new ContainerFiles(answers),
  network: new ClusterNetwork(api),
});
const jobWork = new JobWork({ commands, environments });
const events = new PodEvents(api);
const pods = new Pods({ api, events, environments, jobWork });

// One pod whose object is odd must not take the nodes away from all others.
process.on('unhandledRejection', error => console.error(error));

await new NodeServer({
  certificates: NODES_CERTIFICATES,
  pods,
  answers,
  environments,
  commands,
  jobWork,
}).listen(Number(NODES_PORT));
await registerNodes(api, Number(NODES_PORT));
console.log('the nodes are registered');
api.watch('/api/v1/pods', (type, pod) => pods.take(type, pod));

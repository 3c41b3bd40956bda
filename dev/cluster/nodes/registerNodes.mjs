import { toMicroseconds, toSeconds } from './instants.mjs';

export const NODE_NAMES = ['node-a', 'node-b', 'node-c'];

const LEASES = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
const LEASE_EVERY_MS = 10_000;
const STATUS_EVERY_MS = 60_000;
const CAPACITY = {
  cpu: '8',
  memory: '16Gi',
  pods: '110',
  'ephemeral-storage': '100Gi',
};

/** Makes the nodes and keeps them Ready: a node that stays silent for 40 seconds is given up by the cluster. */
export async function registerNodes(api, port) {
  const bornAt = toSeconds(new Date());
  for (const [index, name] of NODE_NAMES.entries()) {
    await api.create('/api/v1/nodes', newNode(name, index));
    await reportStatus(api, name, port, bornAt);
    await renewLease(api, name);
    setInterval(() => renewLease(api, name).catch(report), LEASE_EVERY_MS);
    setInterval(
      () => reportStatus(api, name, port, bornAt).catch(report),
      STATUS_EVERY_MS,
    );
  }
}

function newNode(name, index) {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': 'local',
        'topology.kubernetes.io/zone': `local-${'abc'[index]}`,
      },
    },
    spec: { podCIDR: `10.244.${index}.0/24` },
  };
}

function reportStatus(api, name, port, bornAt) {
  const condition = (type, status, reason, message) => ({
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: toSeconds(new Date()),
    lastTransitionTime: bornAt,
  });
  return api.merge(`/api/v1/nodes/${name}/status`, {
    status: {
      capacity: CAPACITY,
      allocatable: CAPACITY,
      addresses: [
        { type: 'InternalIP', address: '127.0.0.1' },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
      conditions: [
        condition(
          'MemoryPressure',
          'False',
          'KubeletHasSufficientMemory',
          'kubelet has sufficient memory available',
        ),
        condition(
          'DiskPressure',
          'False',
          'KubeletHasNoDiskPressure',
          'kubelet has no disk pressure',
        ),
        condition(
          'PIDPressure',
          'False',
          'KubeletHasSufficientPID',
          'kubelet has sufficient PID available',
        ),
        condition(
          'Ready',
          'True',
          'KubeletReady',
          'the simulated node is ready',
        ),
      ],
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        osImage: 'simulated node',
        kernelVersion: 'simulated',
        kubeletVersion: 'v1.33.13',
        kubeProxyVersion: '',
        containerRuntimeVersion: 'simulated://1',
        bootID: name,
        machineID: name,
        systemUUID: name,
      },
    },
  });
}

async function renewLease(api, name) {
  const spec = {
    holderIdentity: name,
    leaseDurationSeconds: 40,
    renewTime: toMicroseconds(new Date()),
  };
  const { status } = await api.merge(`${LEASES}/${name}`, { spec });
  if (status === 404) {
    await api.create(LEASES, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name },
      spec,
    });
  }
}

function report(error) {
  console.error(`nodes: ${error.message}`);
}

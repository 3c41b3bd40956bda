import { join } from 'node:path';

/*
 * The flags of each part. Those that are not obvious:
 *
 * - the controller manager's --kube-api-qps: with the default of 20 the start takes 10 s instead of 4;
 * - TranslateStreamCloseWebsocketRequests=false: the API server hands kubectl's
 *   WebSocket on to the node as it is, so the nodes need not speak SPDY;
 * - --endpoint-reconciler-type none: the Service "kubernetes" would otherwise
 *   point to 127.0.0.1, which the API server refuses as an endpoint;
 * - leader election is off: there is one of each.
 */

export function etcdFlags({ folder, certificates, ports }) {
  return [
    'etcd',
    `--data-dir=${join(folder, 'etcd')}`,
    `--client-url=https://127.0.0.1:${ports.etcd}`,
    `--peer-url=https://127.0.0.1:${ports.etcdPeer}`,
    `--ca-file=${join(certificates, 'ca.crt')}`,
    `--cert-file=${join(certificates, 'server.crt')}`,
    `--key-file=${join(certificates, 'server.key')}`,
  ];
}

export function apiServerFlags({
  certificates,
  ports,
  tokenFile,
  auditPolicy,
  auditLog,
}) {
  const certificate = name => join(certificates, name);
  return [
    'apiserver',
    `--etcd-servers=https://127.0.0.1:${ports.etcd}`,
    `--etcd-cafile=${certificate('ca.crt')}`,
    `--etcd-certfile=${certificate('client.crt')}`,
    `--etcd-keyfile=${certificate('client.key')}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${ports.apiServer}`,
    '--endpoint-reconciler-type=none',
    `--tls-cert-file=${certificate('server.crt')}`,
    `--tls-private-key-file=${certificate('server.key')}`,
    `--client-ca-file=${certificate('ca.crt')}`,
    `--token-auth-file=${tokenFile}`,
    '--authorization-mode=Node,RBAC',
    `--requestheader-client-ca-file=${certificate('ca.crt')}`,
    '--requestheader-allowed-names=front-proxy',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${certificate('client.crt')}`,
    `--proxy-client-key-file=${certificate('client.key')}`,
    `--kubelet-certificate-authority=${certificate('ca.crt')}`,
    `--kubelet-client-certificate=${certificate('client.crt')}`,
    `--kubelet-client-key=${certificate('client.key')}`,
    '--kubelet-preferred-address-types=InternalIP',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${certificate('service-accounts.pub')}`,
    `--service-account-signing-key-file=${certificate('service-accounts.key')}`,
    '--allow-privileged',
    '--profiling=false',
    `--audit-policy-file=${auditPolicy}`,
    `--audit-log-path=${auditLog}`,
    '--audit-log-maxsize=50',
    '--audit-log-maxbackup=2',
    '--feature-gates=TranslateStreamCloseWebsocketRequests=false',
  ];
}

export function controllerManagerFlags({ certificates, ports, kubeconfigs }) {
  const certificate = name => join(certificates, name);
  return [
    'controller-manager',
    ...authentication(kubeconfigs.controllerManager),
    '--bind-address=127.0.0.1',
    `--secure-port=${ports.controllerManager}`,
    '--use-service-account-credentials',
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
    '--horizontal-pod-autoscaler-sync-period=5s',
    `--service-account-private-key-file=${certificate('service-accounts.key')}`,
    `--root-ca-file=${certificate('ca.crt')}`,
    `--cluster-signing-cert-file=${certificate('ca.crt')}`,
    `--cluster-signing-key-file=${certificate('ca.key')}`,
  ];
}

export function schedulerFlags({ ports, kubeconfigs }) {
  return [
    'scheduler',
    ...authentication(kubeconfigs.scheduler),
    '--bind-address=127.0.0.1',
    `--secure-port=${ports.scheduler}`,
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ];
}

function authentication(kubeconfig) {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--profiling=false',
  ];
}

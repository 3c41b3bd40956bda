/** A kind of object as RBAC names it. */
export interface KubernetesResource {
  group: string;
  /** Plural, lower case. */
  resource: string;
  kind: string;
  namespaced: boolean;
}

// group | plural | kind | namespaced | further names
const TABLE = `
 | pods | Pod | yes | po pod
 | services | Service | yes | svc service
 | endpoints | Endpoints | yes | ep endpoint
 | configmaps | ConfigMap | yes | cm configmap
 | secrets | Secret | yes | secret
 | serviceaccounts | ServiceAccount | yes | sa serviceaccount
 | persistentvolumeclaims | PersistentVolumeClaim | yes | pvc persistentvolumeclaim
 | persistentvolumes | PersistentVolume | no | pv persistentvolume
 | namespaces | Namespace | no | ns namespace
 | nodes | Node | no | no node
 | events | Event | yes | ev event
 | limitranges | LimitRange | yes | limits limitrange
 | resourcequotas | ResourceQuota | yes | quota resourcequota
 | replicationcontrollers | ReplicationController | yes | rc replicationcontroller
 | componentstatuses | ComponentStatus | no | cs componentstatus
apps | deployments | Deployment | yes | deploy deployment
apps | statefulsets | StatefulSet | yes | sts statefulset
apps | daemonsets | DaemonSet | yes | ds daemonset
apps | replicasets | ReplicaSet | yes | rs replicaset
batch | jobs | Job | yes | job
batch | cronjobs | CronJob | yes | cj cronjob
autoscaling | horizontalpodautoscalers | HorizontalPodAutoscaler | yes | hpa horizontalpodautoscaler
networking.k8s.io | ingresses | Ingress | yes | ing ingress
networking.k8s.io | ingressclasses | IngressClass | no | ingressclass
networking.k8s.io | networkpolicies | NetworkPolicy | yes | netpol networkpolicy
policy | poddisruptionbudgets | PodDisruptionBudget | yes | pdb poddisruptionbudget
rbac.authorization.k8s.io | roles | Role | yes | role
rbac.authorization.k8s.io | rolebindings | RoleBinding | yes | rolebinding
rbac.authorization.k8s.io | clusterroles | ClusterRole | no | clusterrole
rbac.authorization.k8s.io | clusterrolebindings | ClusterRoleBinding | no | clusterrolebinding
storage.k8s.io | storageclasses | StorageClass | no | sc storageclass
storage.k8s.io | volumeattachments | VolumeAttachment | no | volumeattachment
scheduling.k8s.io | priorityclasses | PriorityClass | no | pc priorityclass
coordination.k8s.io | leases | Lease | yes | lease
discovery.k8s.io | endpointslices | EndpointSlice | yes | endpointslice
certificates.k8s.io | certificatesigningrequests | CertificateSigningRequest | no | csr certificatesigningrequest
apiextensions.k8s.io | customresourcedefinitions | CustomResourceDefinition | no | crd crds customresourcedefinition
apiregistration.k8s.io | apiservices | APIService | no | apiservice
admissionregistration.k8s.io | validatingwebhookconfigurations | ValidatingWebhookConfiguration | no | validatingwebhookconfiguration
admissionregistration.k8s.io | mutatingwebhookconfigurations | MutatingWebhookConfiguration | no | mutatingwebhookconfiguration
argoproj.io | applications | Application | yes | application app apps
argoproj.io | applicationsets | ApplicationSet | yes | applicationset appset appsets
argoproj.io | appprojects | AppProject | yes | appproject appproj
argoproj.io | rollouts | Rollout | yes | rollout ro
cert-manager.io | certificates | Certificate | yes | certificate cert certs
cert-manager.io | certificaterequests | CertificateRequest | yes | certificaterequest cr
cert-manager.io | issuers | Issuer | yes | issuer
cert-manager.io | clusterissuers | ClusterIssuer | no | clusterissuer
monitoring.coreos.com | servicemonitors | ServiceMonitor | yes | servicemonitor smon
monitoring.coreos.com | podmonitors | PodMonitor | yes | podmonitor pmon
monitoring.coreos.com | prometheusrules | PrometheusRule | yes | prometheusrule promrule
monitoring.coreos.com | prometheuses | Prometheus | yes | prometheus prom
networking.istio.io | virtualservices | VirtualService | yes | virtualservice vs
networking.istio.io | destinationrules | DestinationRule | yes | destinationrule dr
networking.istio.io | gateways | Gateway | yes | gateway gw
keda.sh | scaledobjects | ScaledObject | yes | scaledobject so
velero.io | backups | Backup | yes | backup
velero.io | restores | Restore | yes | restore
metrics.k8s.io | podmetrics | PodMetrics | yes | 
`;

const BY_NAME = new Map<string, KubernetesResource>();
const BY_KIND = new Map<string, KubernetesResource>();

for (const line of TABLE.split('\n')) {
  const cells = line.split('|').map(cell => cell.trim());
  if (cells.length < 5) continue;
  const [group, resource, kind, namespaced, names] = cells;
  const entry = { group, resource, kind, namespaced: namespaced === 'yes' };
  BY_KIND.set(kind.toLowerCase(), entry);
  for (const name of [resource, ...names.split(/\s+/)]) {
    if (name !== '' && !BY_NAME.has(name)) BY_NAME.set(name, entry);
  }
}

/**
 * The resource that kubectl would mean by a word: `deploy`, `deployments.apps`, `deployment.v1.apps`, `Deployment`.
 * Undefined for a short name of a custom resource that is not known here.
 */
export function resourceNamed(word: string): KubernetesResource | undefined {
  const lower = word.toLowerCase();
  const plain = BY_NAME.get(lower) ?? BY_KIND.get(lower);
  if (plain) return plain;
  const [name, ...rest] = lower.split('.');
  if (rest.length === 0) return undefined;
  const group = (/^v[0-9]/.test(rest[0]) ? rest.slice(1) : rest).join('.');
  const known = BY_NAME.get(name);
  if (known && known.group === group) return known;
  return { group, resource: name, kind: name, namespaced: true };
}

/** The resource of a kind in a manifest, where the API group fits. */
export function resourceOfKind(
  kind: string,
  apiVersion: string,
): KubernetesResource | undefined {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const known = BY_KIND.get(kind.toLowerCase());
  return known && known.group === group ? known : undefined;
}

import { asks, endless, needsTerminal } from './interactive';
import { startedByKustomize } from './kustomizeOptions';
import { isOn } from './options';
import type { ToolRule } from './scene';
import { writesTo } from './paths';
import { destroys, isLocal, isUnknown, reads } from './verdict';
import { verbTool } from './verbTable';

/** Options of helm that take a value. */
export const HELM_VALUES =
  'n namespace kube-context kubeconfig kube-token kube-apiserver kube-as-user kube-as-group kube-ca-file ' +
  'kube-tls-server-name burst-limit qps registry-config repository-cache repository-config f values set set-string ' +
  'set-file set-json set-literal version repo timeout description history-max o output revision l selector d destination ' +
  'username password ca-file cert-file key-file keyring post-renderer post-renderer-args max filter m offset time-format ' +
  'a api-versions kube-version s show-only output-dir name-template p starter cascade template max-col-width sort labels';

const helm = verbTool(
  'helm',
  {
    values: HELM_VALUES,
    flags: 'debug kube-insecure-skip-tls-verify',
    rehearsal: ['dry-run'],
    unknownWrites: true,
    after: (judged, options, _call, scene, verb) => {
      if (options.has('post-renderer'))
        return isUnknown('helm starts another program', { writes: undefined });
      if (isOn(options, 'force-conflicts', 'take-ownership'))
        return destroys(
          `${judged.because}, taking over by force what others set`,
          { writes: undefined },
        );
      if (verb === 'upgrade' && isOn(options, 'force', 'force-replace'))
        return destroys(
          `${judged.because}, deleting objects that cannot be changed in place`,
          { writes: undefined },
        );
      if (verb === 'template' && options.has('output-dir'))
        return { ...judged, changesFiles: true };
      if (
        verb === 'registry login' &&
        !options.has('p', 'password', 'password-stdin')
      )
        return { ...judged, interactive: asks('asks for a password') };
      if (/^(get|get all)$/.test(verb) || verb === 'get manifest')
        return {
          ...judged,
          because: `${judged.because}, which may hold secrets`,
          secrets: true,
        };
      void scene;
      return judged;
    },
  },
  `
read | list, ls, history, hist, status, get values, get notes, get hooks, get metadata, search repo, search hub, show chart, show values, show all, show readme, show crds, inspect, inspect values, version, lint, verify, repo list, plugin list, dependency list, dep list, diff upgrade, diff revision, diff rollback, diff release, diff | looks at releases or charts: {names}
read | get all, get manifest, get | shows release {names}
read | template | prints the manifests of chart {names}
local | env, completion, help, version | shows settings of helm
files | create, package, pull, fetch, dependency update, dependency build, dep update, dep up, dep build, repo add, repo update, repo up, repo remove, repo rm, repo index, registry login, registry logout, plugin install, plugin update, plugin uninstall, secrets view, secrets decrypt, secrets dec | changes files of helm: {names}
change | install | installs release {names}
change | upgrade | upgrades release {names}
change | rollback | rolls release {names} back
change | test | runs the tests of release {names}
change | push | pushes chart {names}
destructive | uninstall, delete, del, un | uninstalls release {names}
`,
);

const helmfile = verbTool(
  'helmfile',
  {
    values:
      'f file e environment l selector n namespace kube-context state-values-set state-values-file helm-binary args log-level set values',
    flags: 'quiet',
    unknownWrites: true,
  },
  `
read | diff, list, status, lint, template, write-values, fetch, show-dag, build, version, deps, cache info | looks at releases
change | apply, sync, test, repos, charts | changes releases
destructive | destroy, delete | uninstalls releases
`,
);

const argocd = verbTool(
  'argocd',
  {
    values:
      'server auth-token grpc-web-root-path config header client-crt client-crt-key server-crt logformat loglevel o output l selector project p N app-namespace revision timeout repo path dest-server dest-namespace name kube-context controller-name redis-name repo-server-name server-name argocd-context resource local output-dir since tail container group kind namespace resource-name action-name id target source-position argocd-user',
    flags: 'grpc-web insecure plaintext core port-forward',
    after: (judged, options, _call, _scene, verb) => {
      if (verb === 'app sync' && isOn(options, 'dry-run'))
        return reads('only rehearses a sync');
      if (verb === 'app sync' && isOn(options, 'prune', 'force', 'replace'))
        return destroys(`${judged.because} and deletes or replaces objects`);
      if (verb === 'login' && !options.has('password', 'core', 'sso'))
        return { ...judged, interactive: asks('asks for a password') };
      if (verb === 'app delete' && !isOn(options, 'y', 'yes'))
        return { ...judged, interactive: asks('asks whether to go on') };
      if (/logs$/.test(verb) && isOn(options, 'f', 'follow'))
        return {
          ...judged,
          interactive: endless('follows logs until it is stopped'),
        };
      return judged;
    },
  },
  `
read | app list, app get, app history, app diff, app logs, app manifests, app resources, app wait, app actions list, appset list, appset get, cluster list, cluster get, proj list, proj get, proj role list, proj windows list, repo list, repo get, repocreds list, version, account list, account get, account get-user-info, account can-i, context, admin settings validate, admin dashboard, gpg list, cert list | looks at Argo CD: {names}
read secrets | admin initial-password | prints the first password of Argo CD
files | login, logout, relogin, admin export | changes settings of the argocd client
change | app sync | syncs application {names}
change | app rollback | rolls application {names} back
change | app create, app set, app unset, app patch, app patch-resource, app edit, app terminate-op, app actions run, app add-source, appset create, cluster add, cluster set, cluster rotate-auth, proj create, proj set, proj edit, proj add-source, proj add-destination, proj role create, proj windows add, proj windows enable, proj windows disable, repo add, repocreds add, account update-password, cert add-tls, cert add-ssh, gpg add, proj allow-cluster-resource, proj role add-policy, admin import | changes Argo CD: {names}
change secrets | account generate-token, proj role create-token | makes a token of Argo CD
destructive | app delete, app delete-resource, app remove-source, appset delete, cluster rm, proj delete, proj remove-source, repo rm, repocreds rm, account delete-token, cert rm, proj windows delete, proj role delete, gpg rm | deletes in Argo CD: {names}
`,
);

const flux = verbTool(
  'flux',
  {
    values:
      'n namespace kubeconfig context as timeout cache-dir source interval path url branch tag secret-ref wait export',
    flags: 'verbose',
    unknownWrites: true,
  },
  `
read | get all, get kustomizations, get kustomization, get ks, get helmreleases, get helmrelease, get hr, get sources, get sources git, get sources helm, get sources all, get images all, get images repository, get images policy, get alerts, get, logs, events, stats, check, tree, trace, version, diff, export, debug, envsubst, build | looks at Flux: {names}
change | reconcile, suspend, resume, create, bootstrap, install, migrate, push, tag | changes Flux: {names}
destructive | delete, uninstall | removes from Flux: {names}
files | pull | fetches {names}
`,
);

const istioctl = verbTool(
  'istioctl',
  {
    values:
      'n namespace i istioNamespace kubeconfig context c f filename set r revision o output',
    flags: '',
    unknownWrites: true,
    // Of the other verbs it is the form of what is printed.
    after: (judged, options, _call, _scene, verb) =>
      /^(?:manifest generate|kube-inject)$/.test(verb) &&
      options.has('o', 'output')
        ? { ...judged, changesFiles: true }
        : judged,
  },
  `
read | proxy-status, ps, proxy-config, pc, analyze, version, x describe, experimental describe, describe, x precheck, validate, manifest generate, manifest diff, profile list, profile dump, verify-install, operator dump, x authz check, x wait, tag list, admin log, bug-report, kube-inject, x metrics, x revision list, ztunnel-config, x version, remote-clusters, x proxy-status | looks at Istio: {names}
change | install, upgrade, manifest apply, tag set, operator init, x injector, create-remote-secret, x create-remote-secret, waypoint apply, x waypoint apply | changes Istio: {names}
destructive | uninstall, x uninstall, tag remove, operator remove, waypoint delete | removes from Istio: {names}
read serves | dashboard, dash, d | opens a page of Istio
`,
);

const velero = verbTool(
  'velero',
  {
    values:
      'n namespace kubeconfig kubecontext from-backup include-namespaces exclude-namespaces ttl selector l storage-location schedule snapshot-volumes labels o output colorized features include-resources exclude-resources namespace-mappings',
    flags: '',
    unknownWrites: true,
    after: (judged, options, _call, _scene, verb) =>
      /delete/.test(verb) && !isOn(options, 'confirm')
        ? { ...judged, interactive: asks('asks whether to go on') }
        : judged,
  },
  `
read | get, backup get, backup describe, backup logs, restore get, restore describe, restore logs, schedule get, schedule describe, describe, version, backup-location get, snapshot-location get, repo get, plugin get, client config get, debug, get backups, get restores, get schedules, get backup-locations | looks at backups: {names}
files | backup download, client config set | writes files of velero
change | backup create, create backup, schedule create, create schedule, backup-location create, backup-location set, snapshot-location create, install, plugin add, schedule pause, schedule unpause, create | changes backups: {names}
destructive | restore create, create restore, restore | restores a backup over what is there: {names}
destructive | backup delete, delete, restore delete, schedule delete, uninstall, backup-location delete, plugin remove | deletes backups or schedules: {names}
`,
);

const kustomize: ToolRule = verbTool(
  'kustomize',
  {
    values: 'o output load-restrictor helm-command',
    flags: 'enable-helm',
    after: (judged, options, _call, scene, verb) => {
      if (verb !== 'build') return judged;
      const output = options.value('o', 'output');
      return (
        startedByKustomize(options) ??
        (output ? writesTo(output, scene) : judged)
      );
    },
  },
  `
read | build, version, cfg, localize | prints manifests of {names}
files | edit, create | changes files: {names}
`,
);

const readOnly = (
  tool: string,
  verbs: string,
  rest = '',
  values = 'n namespace context kubeconfig c o output',
): ToolRule =>
  verbTool(
    tool,
    { values, unknownWrites: true },
    `read | ${verbs} | looks at the cluster with ${tool}\n${rest}`,
  );

/** Tools that bring software into a cluster or look at it there. */
export const deliveryTools: Record<string, ToolRule> = {
  helm,
  helm3: helm,
  helmfile,
  argocd,
  flux,
  kustomize,
  istioctl,
  velero,
  argo: verbTool(
    'argo',
    {
      values:
        'n namespace kubeconfig context l selector o output p parameter f parameter-file entrypoint',
      flags: '',
      unknownWrites: true,
    },
    `
read | list, get, logs, wait, watch, lint, version, template list, template get, cron list, cron get, template lint | looks at workflows: {names}
change | submit, resubmit, retry, resume, suspend, node, cron create, cron suspend, cron resume, template create, cron update, template update, archive resubmit, archive retry | changes workflows: {names}
destructive | delete, stop, terminate, cron delete, template delete, archive delete | stops or deletes workflows: {names}
`,
  ),
  tkn: verbTool(
    'tkn',
    {
      values:
        'n namespace kubeconfig context c o output p param w workspace s serviceaccount',
      flags: '',
      unknownWrites: true,
    },
    `
read | pipeline list, pipeline describe, pipeline logs, pipelinerun list, pipelinerun describe, pipelinerun logs, pr list, pr logs, pr describe, task list, task describe, taskrun list, taskrun logs, tr logs, tr list, version, eventlistener list | looks at pipelines
change | pipeline start, task start, pipelinerun cancel, taskrun cancel | changes pipelines: {names}
destructive | pipeline delete, pipelinerun delete, task delete, taskrun delete | deletes {names}
`,
  ),
  linkerd: readOnly(
    'linkerd',
    'check, version, stat, top, tap, routes, edges, endpoints, viz stat, viz edges, viz top, viz tap, viz check, viz routes, diagnostics, identity, metrics, authz, viz authz, multicluster check, multicluster gateways, install, upgrade, uninstall, inject, viz install, uninject, profile, viz uninstall, prune, multicluster link, multicluster install, jaeger install, completion',
    'read serves | dashboard, viz dashboard | opens a page of Linkerd',
  ),
  cilium: readOnly(
    'cilium',
    'status, version, connectivity status, endpoint list, endpoint get, policy get, service list, identity list, node list, bpf lb list, bpf ct list, monitor, hubble status, clustermesh status, encrypt status, config view, sysdump, bgp peers, bgp routes, metrics list, context',
    'change | install, upgrade, config set, connectivity test, hubble enable, clustermesh enable, clustermesh connect, endpoint config, policy import, hubble disable, clustermesh disable, config | changes Cilium: {names}\ndestructive | uninstall, policy delete, endpoint disconnect, bpf ct flush, service delete, cleanup | removes from Cilium: {names}\nread | hubble port-forward | forwards a port',
  ),
  'cilium-dbg': readOnly(
    'cilium-dbg',
    'status, endpoint list, endpoint get, policy get, service list, identity list, node list, monitor',
  ),
  hubble: readOnly('hubble', 'observe, status, list, version, config view'),
  calicoctl: readOnly(
    'calicoctl',
    'get, node status, node checksystem, node diags, version, ipam show, ipam check, cluster diags',
    'change | apply, create, patch, label, replace, node run, ipam configure, convert, datastore migrate | changes Calico: {names}\ndestructive | delete, ipam release, ipam split | removes from Calico: {names}',
  ),
  stern: (call, _scene) =>
    call.args.some(
      one => one.value === '--no-follow' || one.value === '--no-follow=true',
    )
      ? reads('reads logs')
      : reads('follows logs', {
          interactive: endless('`stern` follows logs until it is stopped'),
        }),
  k9s: () =>
    reads('shows the cluster, where a person may change it by hand', {
      interactive: needsTerminal('`k9s` fills the screen until it is left'),
    }),
  kubetail: () =>
    reads('follows logs', {
      interactive: endless('`kubetail` follows logs until it is stopped'),
    }),
  kubectx: () =>
    isLocal('chooses a context in the kubeconfig of the run', {
      changesFiles: true,
    }),
  kubens: () =>
    isLocal('chooses a namespace in the kubeconfig of the run', {
      changesFiles: true,
    }),
  kubeconform: () => isLocal('checks manifests'),
  kubeval: () => isLocal('checks manifests'),
  'kube-score': () => isLocal('checks manifests'),
  kubescape: () => reads('scans a cluster'),
  popeye: () => reads('scans a cluster'),
  pluto: () => reads('looks for old API versions'),
  kubent: () => reads('looks for old API versions'),
  trivy: () => reads('scans for weaknesses'),
  grype: () => reads('scans for weaknesses'),
  promtool: verbTool(
    'promtool',
    { values: 'time start end step http.config.file', singleDash: true },
    `
read | query instant, query range, query series, query labels, query analyze, check healthy, check ready, debug all, debug metrics, debug pprof | asks Prometheus
local | check config, check rules, check metrics, check web-config, test rules, tsdb list, tsdb analyze, check | checks files of Prometheus
files | tsdb dump, tsdb create-blocks-from | writes files
change | push metrics | sends figures to Prometheus
`,
  ),
  amtool: verbTool(
    'amtool',
    {
      values:
        'alertmanager.url timeout c comment d duration a author o output config.file id start end',
      singleDash: true,
    },
    `
read | alert, alert query, silence query, silence, config show, config routes, config routes show, config routes test, cluster show, check-config | looks at alerts
change | silence add, silence update, silence import, alert add | silences or raises alerts: {names}
destructive | silence expire | ends silences: {names}
`,
  ),
  logcli: () => reads('asks Loki'),
  kubeadm: verbTool(
    'kubeadm',
    {
      values:
        'config kubeconfig v token discovery-token-ca-cert-hash cri-socket pod-network-cidr apiserver-advertise-address control-plane-endpoint kubernetes-version certificate-key node-name ttl',
      flags: '',
      rehearsal: ['dry-run'],
      unknownWrites: true,
    },
    `
read | version, config print, config images list, token list, certs check-expiration, upgrade plan, upgrade diff, config view, config print init-defaults, config validate, config migrate | looks at the cluster
files | config images pull | fetches images
change secrets | token create, token generate, init phase upload-certs | makes a token that lets nodes join
change | init, join, upgrade apply, upgrade node, certs renew, certs renew all, kubeconfig, init phase, join phase, certs generate-csr, certs certificate-key, kubeconfig user | changes the cluster
destructive | reset, token delete, reset phase | takes a node out of its cluster
`,
  ),
  kops: verbTool(
    'kops',
    { values: 'name state config v o output', flags: '', unknownWrites: true },
    `
read | get, get clusters, get instancegroups, get ig, validate cluster, validate, version, toolbox dump | looks at clusters
files | export kubeconfig, export kubecfg, export | writes a kubeconfig
change | create, create cluster, edit, edit ig, edit cluster, replace, rolling-update, rolling-update cluster, upgrade, upgrade cluster, update cluster, update, promote, reconcile | changes a cluster: {names}
destructive | delete, delete cluster, delete ig, delete instance, delete instancegroup | deletes {names}
`,
  ),
};

import { endless } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { compose } from './compose';
import { docker } from './docker';
import { execContainer } from './inside';
import { localClusters } from './localClusters';

const crictl = verbTool(
  'crictl',
  {
    values:
      'r runtime-endpoint i image-endpoint t timeout c config o output name label state image tail since',
    flags: '',
    after: (judged, options, _call, _scene, verb) =>
      verb === 'logs' && isOn(options, 'f', 'follow')
        ? {
            ...judged,
            interactive: endless('follows logs until it is stopped'),
          }
        : judged,
  },
  `
read | ps, pods, images, img, inspect, inspecti, inspectp, logs, stats, statsp, info, version, imagefsinfo, config, events, image, port-forward, runtime-config | looks at containers: {names}
change | pull, run, runp, start, create, attach, update, checkpoint | starts or changes containers: {names}
destructive | stop, stopp, rm, rmp, rmi | stops or removes containers: {names}
`,
);

/** Tools that run containers on a machine. */
export const containerTools: Record<string, ToolRule> = {
  docker: docker('docker'),
  podman: docker('podman'),
  nerdctl: docker('nerdctl'),
  'docker-compose': (call, scene) => compose(call.args, call, scene),
  'podman-compose': (call, scene) => compose(call.args, call, scene),
  crictl: (call, scene) => {
    const words = parseOptions(call.args, {
      values: 'r runtime-endpoint i image-endpoint t timeout c config',
      stopsAtOperand: true,
    }).operands;
    return words[0]?.value === 'exec'
      ? execContainer(words.slice(1), call, scene, 'crictl')
      : crictl(call, scene);
  },
  ctr: verbTool(
    'ctr',
    { values: 'n namespace a address timeout connect-timeout', flags: '' },
    `
read | images ls, image ls, i ls, containers ls, c ls, tasks ls, t ls, namespaces ls, ns ls, version, containers info, c info, tasks metrics, snapshots ls, content ls, plugins ls, images check, leases ls, events, info, tasks ps, images list, containers list, tasks list | looks at containers
change | images pull, i pull, images import, i import, images tag, run, tasks start, tasks exec, containers create, images push, images label, namespaces create, tasks resume, tasks pause, tasks attach | changes containers: {names}
files | images export, i export | writes {names}
destructive | images rm, i rm, containers rm, c rm, containers delete, tasks kill, t kill, tasks rm, tasks delete, snapshots rm, content rm, namespaces rm, namespaces remove, images prune, content prune, leases rm, images remove | removes containers: {names}
`,
  ),
  skopeo: verbTool(
    'skopeo',
    {
      values:
        'authfile creds src-creds dest-creds format tls-verify override-os override-arch command-timeout policy',
      flags: '',
    },
    `
read | inspect, list-tags, manifest-digest | looks at images: {names}
change | copy, sync | copies images: {names}
destructive | delete | deletes image {names}
files | login, logout | logs in
`,
  ),
  crane: verbTool(
    'crane',
    { values: 'platform', flags: 'insecure' },
    `
read | ls, manifest, digest, config, catalog, validate, version | looks at images: {names}
files | pull, export, auth, blob | fetches {names}
change | push, copy, cp, tag, append, mutate, rebase, flatten, edit | pushes images: {names}
destructive | delete | deletes image {names}
`,
  ),
  ...localClusters,
};

import { verbTool } from '../verbTable';
import { destroys } from '../verdict';

/** EKS. */
export const eksctl = verbTool(
  'eksctl',
  {
    values:
      'cluster c name n nodes N region r profile f config-file nodes-min nodes-max m M v verbose timeout kubernetes-version node-type version tags zones output o role-name arn',
    flags: '',
    unknownWrites: true,
    after: (judged, options, call, _scene, verb) => {
      if (/scale/.test(verb) && options.value('nodes', 'N')?.value === '0') {
        return destroys(
          'scales a node group to 0 nodes: everything on it stops',
        );
      }
      if (/delete|drain/.test(verb) || call.tool) {
        return judged;
      }
      return judged;
    },
  },
  `
read | get cluster, get clusters, get nodegroup, get nodegroups, get ng, get iamserviceaccount, get iamidentitymapping, get addon, get addons, get labels, get fargateprofile, get, version, info, utils describe-stacks, utils describe-addon-versions, utils describe-addon-configuration, utils nodegroup-health, utils schema, anywhere version, completion | looks at EKS: {names}
files | utils write-kubeconfig | writes a kubeconfig
change | create cluster, create nodegroup, create iamserviceaccount, create iamidentitymapping, create addon, create fargateprofile, create, scale nodegroup, scale ng, upgrade cluster, upgrade nodegroup, update addon, update nodegroup, upgrade, set labels, enable, associate, utils associate-iam-oidc-provider, utils update-kube-proxy, utils update-coredns, utils update-aws-node, utils, register, update, drain nodegroup, unset labels, disassociate | changes EKS: {names}
destructive | delete cluster, delete nodegroup, delete ng, delete iamserviceaccount, delete iamidentitymapping, delete addon, delete fargateprofile, delete, deregister | deletes in EKS: {names}
`,
);

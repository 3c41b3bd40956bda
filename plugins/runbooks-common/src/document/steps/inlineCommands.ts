import type { ListItem, Nodes, Paragraph, PhrasingContent } from 'mdast';
import { plainText } from '../markdown/plainText';

/** Tools whose name followed by a word is a command when it stands in code marks. */
const TOOLS =
  /^(?:sudo |time )?(?:kubectl|oc|helm|helmfile|kustomize|argocd|flux|istioctl|linkerd|eksctl|aws|gcloud|gsutil|az|doctl|terraform|tofu|terragrunt|ansible(?:-playbook)?|vault|consul|nomad|docker|docker-compose|podman|nerdctl|crictl|ctr|minikube|kind|k3d|kubeadm|etcdctl|calicoctl|cilium|velero|systemctl|service|journalctl|ssh|scp|rsync|curl|wget|dig|nslookup|ping|traceroute|nc|telnet|openssl|psql|pg_dump|pg_restore|pgbackrest|pg_ctl|mysql|mysqldump|mongo(?:sh|dump|restore)?|redis-cli|kafka-[\w-]+(?:\.sh)?|rabbitmqctl|gitlab-ctl|gitlab-rake|chef-client|knife|puppet|salt|npm|npx|yarn|pnpm|pip3?|python3?|node|go|make|mvn|gradle|bundle|rake|rails|git|gh|glab|cat|tail|head|grep|ls|df|du|top|free|ps|kill|pkill|killall|mount|umount|lsof|netstat|ss|iptables|nft|ip|ifconfig|tcpdump|strace|jmap|jstack|jcmd|bash|sh|source|export|cd|cp|mv|rm|mkdir|chmod|chown|tar|gunzip|gzip|unzip|sed|awk|jq|yq|watch|crontab|apt(?:-get)?|yum|dnf|apk|brew|snap|ceph|rbd|rook|zpool|zfs|lvs|vgs|pvs|nginx|haproxy|certbot|promtool|amtool|logcli|virtctl|rosa|ocm|osdctl)\s+[^\s=].*$/;

const SCRIPT =
  /^(?:\.{1,2}\/|\/(?:usr|opt|bin|home|srv)\/|(?:scripts|bin|tools|hack)\/)[\w./-]+(?:\.(?:sh|py|rb|pl))?(?:\s+\S.*)?$/;

/** A code span that is a command beyond doubt: a known tool with a word after it, or a script called by its path. */
export function isClearlyCommand(span: string): boolean {
  const text = span.trim().replace(/^\$\s+/, '');
  if (text.length > 400 || /[…]|\.\.\.$/.test(text)) return false;
  if (SCRIPT.test(text)) return /\.(?:sh|py|rb|pl)\b|^\.\//.test(text);
  return TOOLS.test(text);
}

/**
 * The commands that stand in the first paragraph of a list item as code spans.
 *
 * ```text
 * 1. Run `kubectl get pods -n prod` and look for restarts
 *        ^ a command
 * 2. Look at `status.conditions`
 *            ^ not a command
 * ```
 *
 * None where the text says not to run it, or leaves a choice between two.
 */
export function inlineCommandsOf(item: ListItem | Paragraph): string[] {
  const paragraph =
    item.type === 'paragraph'
      ? item
      : item.children.find(
          (child): child is Paragraph => child.type === 'paragraph',
        );
  if (!paragraph) return [];
  const spans = codeSpans(paragraph).filter(isClearlyCommand);
  if (spans.length === 0 || forbids(plainText(paragraph))) return [];
  return spans.map(span => span.trim().replace(/^\$\s+/, ''));
}

function forbids(text: string): boolean {
  return /\b(?:do not|don['’]t|never|avoid|instead of|deprecated|must not|no longer)\b/i.test(
    text,
  );
}

function codeSpans(node: Nodes | PhrasingContent): string[] {
  if (node.type === 'inlineCode') return [node.value];
  return 'children' in node ? node.children.flatMap(codeSpans) : [];
}

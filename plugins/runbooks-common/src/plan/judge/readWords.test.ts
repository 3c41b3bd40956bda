import { requirementOf } from '../requirementOf';
import { judgeText } from './testUtils/judgeText';

const asksFor = (text: string) => {
  const requires = requirementOf(judgeText(text), {
    approvedBy: [],
    typed: 'shop',
  });
  return 'because' in requires
    ? `${requires.kind}: ${requires.because}`
    : requires.kind;
};

describe('a read whose words are known only when it runs', () => {
  it.each([
    'read A B <<< "secrets db"; kubectl get "$A" "$B"',
    'read A <<< "-oyaml"; kubectl get secret db "$A"',
    'read A <<< "--raw=/api/v1/namespaces/shop/secrets"; kubectl get pod "$A"',
    'mapfile -t A < list; kubectl get "${A[0]}"',
    'while read -r K N; do kubectl get "$K" "$N"; done < list',
    'while read -r K; do kubectl get pods,"$K" -o yaml; done < list',
    'while read -r N; do kubectl get pod "$N"; done < list',
    'while read -r N; do kubectl describe pod "$N"; done < list',
    'xargs kubectl get < list',
    'xargs -n1 kubectl get pod < list',
    'xargs -I{} kubectl get {} < list',
    'kubectl get $(cat list)',
    'kubectl get "$(cat list)"',
    'kubectl get pods "$(cat list)"',
    'kubectl get pods -n $(cat list)',
    'kubectl get pods -o wide -l $(cat list)',
    'kubectl get --namespace $(cat list) pods',
    'f() { read -r K; kubectl get "$K"; }; f < list',
    'select K in pods secrets; do kubectl get "$K"; done < list',
    'printf -v K %s "$(cat list)"; kubectl get "$K"',
    'kubectl get secret db "--$(cat list)"',
    'kubectl get secret db "-$(cat list)"',
    'kubectl get secret db "--out$(cat list)"',
    'kubectl get secret db "-w$(cat list)"',
    'kubectl get secret db -"$(cat list)"',
    'read A < list; kubectl get secret db "-$A"',
    'read A < list; kubectl get secret db "--${A}"',
    'read A < list; B="-$A"; kubectl get secret db "$B"',
    'read A < list; kubectl get secret "-n$A" "-$A"',
  ])(
    'is approved as one that may read any Secret, where they may be a kind or an option: %s',
    text => {
      expect(asksFor(text)).toBe(
        'approval: it may read the values of any Secret',
      );
    },
  );

  it.each([
    'POD=$(kubectl get pods -o name | head -1); kubectl logs "$POD"',
    'POD=$(kubectl get pod -l app=web -o jsonpath=\'{.items[0].metadata.name}\'); kubectl describe pod "$POD"',
    'while read -r N; do kubectl get "pod/$N" -o yaml; done < list',
    'while read -r N; do kubectl logs "$N" --tail=5; done < list',
    'while read -r NS; do kubectl get pods -n "$NS"; done < list',
    'for k in pods deployments; do kubectl get $k -o yaml; done',
    'kubectl get pods -l "$(cat list)"',
    'kubectl get secret db "--namespace=$(cat list)"',
    'kubectl get secret db -n"$(cat list)"',
    'read A < list; B="web-$A"; kubectl get pod "$B"',
  ])(
    'is an ordinary read, where they are names of a kind that is written, or come from the cluster: %s',
    text => {
      expect(asksFor(text)).toBe('nothing');
    },
  );

  it.each([
    `I=$(kubectl get deployment tame -n shop -o jsonpath='{.spec.template.spec.containers[0].args[0]}'); kubectl run r -n shop --image=$I`,
    'I=$(kubectl get deployment tame -o json | jq -r .spec.x); kubectl run r -n shop --image=$I',
    'I=$(grep -h nginx x.txt); kubectl run r -n shop --image=$I',
    'kubectl run r -n shop --image=$(grep -h nginx x.txt)',
    "I=$(awk '{print $1}' x.txt); kubectl run r -n shop --image=$I",
    'I=$(ls dir); kubectl run r -n shop --image=$I',
    'I=$(git log -1 --format=%s); kubectl run r -n shop --image=$I',
    'I=$(grep x x.txt | head -1); kubectl create deployment r -n shop --image=$I',
    'for I in $(grep x x.txt); do kubectl run r -n shop --image=$I; done',
    'kubectl create job r -n shop --image=$(cut -d: -f1 x.txt)',
    'I=$(kubectl get clusterroles -o name); kubectl run r -n shop --image=$I',
    'I=$(kubectl get $(cat x) -o name); kubectl run r -n shop --image=$I',
    'I=$(kubectl get pods -o name $(cat x)); kubectl run r -n shop --image=$I',
    'I=$(kubectl get pods -o name -o jsonpath={.spec.x}); kubectl run r -n shop --image=$I',
    "I=$(kubectl get pods | awk '{print $5}'); kubectl run r -n shop --image=$I",
    "I=$(kubectl get pods -o name | sed 's/web/--overrides=x /'); kubectl run r -n shop --image=$I",
    'I=$(kubectl get pods -o name | cut -c3-); kubectl run r -n shop --image=$I',
    'I=$(kubectl get pods -o name; cat x); kubectl run r -n shop --image=$I',
    'X=$(cat x); I=${X:-nginx}; kubectl run r -n shop --image=$I',
    'read X < x; I=${X:-nginx}; kubectl run r -n shop --image=$I',
    'I=$(date "+--overrides=x"); kubectl run r -n shop --image=$I',
    'I=$(kubectl config current-context); kubectl run r -n shop --image=$I',
    'I=$(kubectl get pods -o name | grep x "x.txt"); kubectl run r -n shop --image=$I',
    'I=$(kubectl get widgets -o jsonpath={.status.phase}); kubectl run r -n shop --image=$I',
    'kubectl() { cat x; }; I=$(kubectl get pods -o name); command kubectl run r -n shop --image=$I',
    'shopt -s expand_aliases; alias date="cat x"\nI=$(date +%s); kubectl run r -n shop --image=$I',
    'I=$(kubectl get pods -o name "$(cat x)"); kubectl run r -n shop --image=$I',
    'I=$(kubectl get pods -n "$(cat x)" -o name -n $X); kubectl run r -n shop --image=$I',
    'I=$(basename "$(cat x)"); kubectl run r -n shop --image=$I',
  ])(
    'asks for typed words where what is answered may hold further options: %s',
    text => {
      expect(asksFor(text)).toMatch(/^approval-and-confirmation: /);
    },
  );

  it.each([
    `POD=$(kubectl get pods -n shop -l app=web -o jsonpath='{.items[0].metadata.name}'); kubectl annotate pod $POD -n shop a=b`,
    'kubectl annotate $(kubectl get pod -l app=web -n "$NS" -o name | head -n 1) -n shop a=b',
    "for p in $(kubectl get pods -n shop --no-headers | grep Error | awk '{print $1}'); do kubectl annotate pod $p -n shop a=b; done",
    'kubectl annotate deployment web -n shop at=$(date +%s)',
    'kubectl annotate deployment web -n shop at=$(date -u +%Y-%m-%dT%H:%M:%SZ)',
    'kubectl annotate deployment web -n shop n=$(kubectl get pods -n shop | wc -l)',
    'kubectl annotate deployment web -n shop c=$(git rev-parse --short HEAD)',
  ])(
    'is told where what is answered can only be names and numbers: %s',
    text => {
      expect(asksFor(text)).toMatch(/^approval: /);
    },
  );
});

import { readShell } from './readShell';

/** Applies the edits of a remedy, the last one first. */
function remedied(text: string): string | undefined {
  const { interactive } = readShell(text, { language: 'bash' });
  const remedy = interactive?.remedy;
  if (!remedy) return undefined;
  return [...remedy.edits]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (rest, { start, end, text: put }) =>
        rest.slice(0, start) + put + rest.slice(end),
      text,
    )
    .replace(/ +/g, ' ');
}

describe('commands that wait for a person or never end', () => {
  it.each([
    [
      'kubectl exec -it web-0 -- curl -s http://x',
      'kubectl exec web-0 -- curl -s http://x',
    ],
    ['kubectl exec -i -t web-0 -- ls', 'kubectl exec web-0 -- ls'],
    ['kubectl exec --stdin --tty web-0 -- ls', 'kubectl exec web-0 -- ls'],
    ['kubectl exec -itn prod web-0 -- ls', 'kubectl exec -n prod web-0 -- ls'],
    [
      'cat x.sql | kubectl exec -it db -- psql -c "select 1"',
      'cat x.sql | kubectl exec -i db -- psql -c "select 1"',
    ],
    [
      'kubectl run x -it --rm --image=busybox -- wget -O- http://x',
      'kubectl run x -i --rm --image=busybox -- wget -O- http://x',
    ],
    ['docker exec -it x ls', 'docker exec x ls'],
    ["watch -n 30 './check.sh prod 5m'", './check.sh prod 5m'],
    ['watch -n 5 kubectl get pods', 'kubectl get pods'],
    ['kubectl get pods -w', 'kubectl get pods -w'],
    ['kubectl logs -f x --tail=100', 'kubectl logs -f x --tail=100'],
  ])('%s can run as: %s', (text, runnable) => {
    expect(remedied(text)).toBe(runnable);
  });

  it.each([
    'kubectl get pods -w',
    'kubectl get pods --watch',
    'kubectl logs -f deploy/x',
    'tail -f /var/log/x',
    'journalctl -fu x',
    'stern x',
    'docker logs -f x',
    'fenctl logs web --follow',
    'gh run watch',
    'while true; do date; sleep 1; done',
    'while sleep 1; do date; done',
  ])('%s is stopped after half a minute', text => {
    const { interactive } = readShell(text, { language: 'bash' });
    expect(interactive?.remedy?.boundedSeconds).toBe(30);
  });

  it.each([
    ['kubectl exec -it web-0 -- bash', 'terminal'],
    ['kubectl exec -it web-0 -- /bin/sh', 'terminal'],
    ['kubectl port-forward svc/x 80:80', 'endless'],
    ['kubectl proxy', 'endless'],
    ['kubectl edit deploy x', 'editor'],
    ['vim x', 'editor'],
    ['nano x', 'editor'],
    ['less x', 'terminal'],
    ['top', 'terminal'],
    ['ssh host', 'terminal'],
    ['psql -h x', 'terminal'],
    ['mysql -u root -p', 'terminal'],
    ['mysql -u root -p -e "select 1"', 'prompt'],
    ['read -p "Go on? " x', 'prompt'],
    ['docker login', 'prompt'],
    ['terraform apply', 'prompt'],
    ['apt install x', 'prompt'],
    ['minikube tunnel', 'endless'],
    ['docker run -it x bash', 'terminal'],
    ['python', 'terminal'],
    ['open https://example.com', 'terminal'],
    ['passwd x', 'prompt'],
    ['git commit', 'editor'],
    ['oc rsh x', 'terminal'],
    ['oc debug node/x', 'terminal'],
    ['fenctl exec -it web', 'terminal'],
    ['fenctl ssh console --app web', 'terminal'],
    ['fenctl postgres connect --app web', 'terminal'],
    ['fenctl login -u ops', 'prompt'],
  ])('%s is for a person (%s)', (text, kind) => {
    const { interactive } = readShell(text, { language: 'bash' });
    expect(interactive).toMatchObject({ kind, because: expect.any(String) });
    expect(interactive?.remedy).toBeUndefined();
  });

  it.each([
    'kubectl get pods',
    'kubectl rollout status deploy/x',
    'apt-get install -y x',
    'terraform apply -auto-approve',
    'terraform apply tfplan',
    'psql -c "select 1"',
    'ssh host uptime',
    'oc debug node/x -- chroot /host uptime',
    'fenctl logs web',
    'docker exec -i db psql -U app < dump.sql',
    "kubectl exec -i db-0 -- bash -c 'psql -U app' < dump.sql",
    'fenctl ssh web --command uptime',
    'fenctl login --token x',
    'echo x | less',
    'timeout 10 kubectl get pods -w',
    'top -b -n 1',
    'git commit -m x',
    'while read x; do echo $x; done < f',
    'until kubectl get pod x; do sleep 1; done',
  ])('%s runs by itself', text => {
    expect(readShell(text, { language: 'bash' }).interactive).toBeUndefined();
  });
});

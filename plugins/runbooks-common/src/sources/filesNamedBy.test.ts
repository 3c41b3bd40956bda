import { procedureOf } from '../document/procedureFrom.testing';
import { filesNamedBy, filesNamedByText } from './filesNamedBy';
import { createSelector } from './fileSelection';

/** Which of these files a text would take. */
function taken(text: string, files: string[], bases = ['']): string[] {
  const { isSelected } = createSelector(
    filesNamedByText(text, bases).selection,
  );
  return files.filter(isSelected);
}

const MONOREPO = [
  'README.md',
  'Makefile',
  'values.yaml',
  'app-prod.yaml',
  'scripts/deploy.sh',
  'scripts/lib.sh',
  'manifests/web.yaml',
  'manifests/deep/db.yaml',
  'overlays/prod/kustomization.yaml',
  'overlays/staging/kustomization.yaml',
  'chart/Chart.yaml',
  'config/x.yaml',
  'services/shop/run.sh',
  'services/shop/ops/a.yaml',
  'services/billing/secret.yaml',
  'deployment/notes.txt',
];

describe('which files a command names', () => {
  it.each<[string, string[]]>([
    ['./scripts/deploy.sh prod', ['scripts/deploy.sh']],
    ['bash scripts/deploy.sh', ['scripts/deploy.sh']],
    [
      'kubectl apply -f manifests/',
      ['manifests/web.yaml', 'manifests/deep/db.yaml'],
    ],
    [
      'kubectl apply --filename=manifests -n shop',
      ['manifests/web.yaml', 'manifests/deep/db.yaml'],
    ],
    ['kubectl apply -k overlays/prod', ['overlays/prod/kustomization.yaml']],
    ['helm upgrade shop ./chart', ['chart/Chart.yaml']],
    [
      'helm upgrade shop chart -f values.yaml',
      ['values.yaml', 'chart/Chart.yaml'],
    ],
    ['kubectl create -fmanifests/web.yaml', ['manifests/web.yaml']],
    ['kubectl apply -Rfmanifests/deep', ['manifests/deep/db.yaml']],
    ['kubectl create -fvalues.yaml', ['values.yaml']],
    ['kubectl apply -koverlays/prod', ['overlays/prod/kustomization.yaml']],
    ['kubectl apply -f /workspace/config/x.yaml', ['config/x.yaml']],
    ['kubectl apply -f/workspace/config/x.yaml', ['config/x.yaml']],
    ['bash /workspace/scripts/deploy.sh', ['scripts/deploy.sh']],
    [
      'kubectl apply -f manifests/web.yaml,values.yaml -n shop',
      ['values.yaml', 'manifests/web.yaml'],
    ],
    [
      'kubectl apply --filename=/workspace/manifests/web.yaml,config/x.yaml',
      ['manifests/web.yaml', 'config/x.yaml'],
    ],
    [
      'kubectl apply -f manifests,config',
      ['manifests/web.yaml', 'manifests/deep/db.yaml', 'config/x.yaml'],
    ],
    ['cat config/x.yaml | grep a', ['config/x.yaml']],
    ['cat values.yaml', ['values.yaml']],
    [
      'kubectl apply -k overlays/$ENV',
      [
        'overlays/prod/kustomization.yaml',
        'overlays/staging/kustomization.yaml',
      ],
    ],
    [
      'kubectl apply -k overlays/<environment>',
      [
        'overlays/prod/kustomization.yaml',
        'overlays/staging/kustomization.yaml',
      ],
    ],
    ['for f in config/*.yaml; do cat $f; done', ['config/x.yaml']],
    ['cd services/shop && ./run.sh', ['services/shop/run.sh']],
    ['cd services/shop && kubectl apply -f ops', ['services/shop/ops/a.yaml']],
    ['kubectl get pods -n shop -l app=services', []],
    ['kubectl rollout restart deployment/web', []],
    ['curl https://example.com/scripts/deploy.sh', []],
    ['cat /etc/passwd ../../other/x ~/config/x.yaml', []],
  ])('%s', (command, files) => {
    expect(taken(command, MONOREPO).sort()).toEqual([...files].sort());
  });

  it('takes of the root only its files where a pattern or a variable stands for them, and says that there may be more', () => {
    for (const text of [
      'for f in *.yaml; do kubectl apply -f $f; done',
      'kubectl apply -f app-$ENV.yaml',
      'kubectl apply -f .',
    ]) {
      expect(filesNamedByText(text, [''])).toMatchObject({
        unknownBecause: expect.any(String),
      });
      expect(taken(text, MONOREPO)).toEqual(
        expect.arrayContaining(['values.yaml', 'app-prod.yaml']),
      );
      expect(taken(text, MONOREPO)).not.toContain(
        'services/billing/secret.yaml',
      );
    }
  });

  it.each([
    'kubectl apply -f "$FILE"',
    'kubectl apply -f <file>',
    '"$SCRIPT" prod',
    'make deploy',
  ])('says of %s that the files are not known', text => {
    expect(filesNamedByText(text, ['']).unknownBecause).toBeDefined();
  });

  it.each([
    'source "$(dirname "$0")/lib.sh"',
    'here=$(cd "$(dirname "$0")" && pwd)\n"$here/lib.sh"',
    '. ${DIR}/lib.sh',
    '. ./lib.sh',
  ])('finds beside a script what it names by its own folder: %s', text => {
    expect(taken(text, MONOREPO, ['scripts', ''])).toContain('scripts/lib.sh');
  });

  it('follows what a kustomization names by paths of its own folder', () => {
    expect(
      taken('resources:\n  - ../../manifests\n  - own.yaml\n', MONOREPO, [
        'overlays/prod',
        '',
      ]),
    ).toEqual(['manifests/web.yaml', 'manifests/deep/db.yaml']);
  });

  it('reads the commands of all steps of a procedure', () => {
    const procedure = procedureOf(
      '# Deploy\n\n## Steps\n\n```bash\n./scripts/deploy.sh\n```\n\n## Verification\n\n```bash\ncat config/x.yaml\n```\n',
    );
    const { isSelected } = createSelector(filesNamedBy(procedure).selection);
    expect(MONOREPO.filter(isSelected)).toEqual([
      'scripts/deploy.sh',
      'config/x.yaml',
    ]);
    const chosen = createSelector(
      filesNamedBy(procedure, ['manifests/web.yaml', 'shop']).selection,
    );
    expect(MONOREPO.filter(chosen.isSelected)).toContain('manifests/web.yaml');
  });
});

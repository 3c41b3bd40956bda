import { mountsSecrets } from '../gateway/podRisk';
import { pullSecretsIn, referencesIn } from './podReferences';

const SECRET = ['secrets/a'];
const byName = { secretRef: { name: 'a' } };

/** Fields of the pods of the core API that name an object of their namespace. */
const FIELDS: Array<[string, object, string[]]> = [
  ['the account', { serviceAccountName: 'a' }, ['serviceaccounts/a']],
  [
    'the account in the old spelling',
    { serviceAccount: 'a' },
    ['serviceaccounts/a'],
  ],
  ...['containers', 'initContainers', 'ephemeralContainers'].flatMap(
    (part): Array<[string, object, string[]]> => [
      [`envFrom of ${part}`, { [part]: [{ envFrom: [byName] }] }, SECRET],
      [
        `envFrom with settings of ${part}`,
        { [part]: [{ envFrom: [{ configMapRef: { name: 'a' } }] }] },
        ['configmaps/a'],
      ],
      [
        `env of ${part}`,
        { [part]: [{ env: [{ valueFrom: { secretKeyRef: { name: 'a' } } }] }] },
        SECRET,
      ],
      [
        `env with settings of ${part}`,
        {
          [part]: [
            { env: [{ valueFrom: { configMapKeyRef: { name: 'a' } } }] },
          ],
        },
        ['configmaps/a'],
      ],
    ],
  ),
  ['a Secret as a volume', volume({ secret: { secretName: 'a' } }), SECRET],
  ['settings', volume({ configMap: { name: 'a' } }), ['configmaps/a']],
  [
    'a claim',
    volume({ persistentVolumeClaim: { claimName: 'a' } }),
    ['persistentvolumeclaims/a'],
  ],
  ['azureFile', volume({ azureFile: { secretName: 'a' } }), SECRET],
  ['csi', volume({ csi: { nodePublishSecretRef: { name: 'a' } } }), SECRET],
  ...[
    'cephfs',
    'cinder',
    'flexVolume',
    'iscsi',
    'rbd',
    'scaleIO',
    'storageos',
  ].map((type): [string, object, string[]] => [
    type,
    volume({ [type]: byName }),
    SECRET,
  ]),
  [
    'a projected Secret',
    volume({ projected: { sources: [{ secret: { name: 'a' } }] } }),
    SECRET,
  ],
  [
    'projected settings',
    volume({ projected: { sources: [{ configMap: { name: 'a' } }] } }),
    ['configmaps/a'],
  ],
];

function volume(of: object): object {
  return { volumes: [{ name: 'v', ...of }] };
}

describe('a pod refers to what it names', () => {
  it.each(FIELDS)('in %s', (_, pod, references) => {
    expect(referencesIn(pod)).toEqual(references);
  });

  it.each(FIELDS.filter(([, , found]) => found === SECRET))(
    'and is given the Secret in %s',
    (_, spec) => {
      expect(mountsSecrets('/pods', { spec })).toBe(true);
    },
  );

  it('in both spellings of its account, whichever the cluster takes', () => {
    expect(
      referencesIn({ serviceAccountName: 'a', serviceAccount: 'b' }),
    ).toEqual(['serviceaccounts/a', 'serviceaccounts/b']);
  });

  it('once where the cluster has written both spellings', () => {
    expect(
      referencesIn({ serviceAccountName: 'a', serviceAccount: 'a' }),
    ).toEqual(['serviceaccounts/a']);
  });

  it('with the Secrets of its images apart, which it does not read', () => {
    const pod = { imagePullSecrets: [{ name: 'a' }] };
    expect(referencesIn(pod)).toEqual([]);
    expect(pullSecretsIn(pod)).toEqual(SECRET);
  });
});

import { runbooksPermissions } from '@backstage-runbooks/plugin-runbooks-common';
import { isAllowed } from './isAllowed';

const PEOPLE = {
  'an engineer of a team': [
    'group:default/identity',
    'group:default/fintech',
    'group:default/engineering',
  ],
  'a lead': ['group:default/engineering-leads', 'group:default/engineering'],
  'a platform engineer': [
    'group:default/platform',
    'group:default/engineering',
  ],
  'an auditor': ['group:default/auditors'],
  'a contractor': ['group:default/contractors'],
  'a contractor who helps a team': [
    'group:default/contractors',
    'group:default/payments',
    'group:default/engineering',
  ],
  'somebody without a group': [],
} as const;

type Person = keyof typeof PEOPLE;

interface Case {
  permission: string;
  allowed: Person[];
}

const EVERYBODY = Object.keys(PEOPLE) as Person[];
const ENGINEERS: Person[] = [
  'an engineer of a team',
  'a lead',
  'a platform engineer',
];

const CASES: Case[] = [
  { permission: 'catalog.entity.read', allowed: EVERYBODY },
  { permission: 'runbooks.runbook.read', allowed: EVERYBODY },
  { permission: 'runbooks.health.read', allowed: EVERYBODY },
  { permission: 'runbooks.on-call.read', allowed: EVERYBODY },
  { permission: 'runbooks.run.read', allowed: [...ENGINEERS, 'an auditor'] },
  { permission: 'runbooks.run.create', allowed: ENGINEERS },
  { permission: 'runbooks.step.approve', allowed: ENGINEERS },
  {
    permission: 'runbooks.evidence.export',
    allowed: ['a lead', 'an auditor'],
  },
  { permission: 'runbooks.setup.read', allowed: ['a platform engineer'] },
  {
    permission: 'runbooks.changes.stop',
    allowed: ['a lead', 'a platform engineer'],
  },
  { permission: 'kubernetes.clusters.read', allowed: EVERYBODY },
  { permission: 'kubernetes.resources.read', allowed: EVERYBODY },
  // With it everybody would act with the kubernetes plugin's credential.
  { permission: 'kubernetes.proxy', allowed: [] },
  { permission: 'catalog.entity.refresh', allowed: ENGINEERS },
  { permission: 'catalog.entity.delete', allowed: ['a platform engineer'] },
  { permission: 'catalog.entity.create', allowed: ['a platform engineer'] },
  { permission: 'catalog.location.create', allowed: ['a platform engineer'] },
  { permission: 'catalog.location.delete', allowed: ['a platform engineer'] },
  { permission: 'some.permission.nobody.thought.of', allowed: [] },
];

describe('the permissions of the demo', () => {
  it.each(CASES)('$permission is for: $allowed', ({ permission, allowed }) => {
    const found = EVERYBODY.filter(person =>
      isAllowed(permission, PEOPLE[person]),
    );
    expect(found).toEqual(allowed);
  });

  it('every permission of the runbooks plugin is decided on purpose', () => {
    const decided = CASES.map(({ permission }) => permission);
    expect(decided).toEqual(
      expect.arrayContaining(runbooksPermissions.map(({ name }) => name)),
    );
  });
});

import type { Person } from '@backstage-runbooks/plugin-runbooks-common';

/** Who looks at the screens in fakes. */
export const VIEWER = 'user:default/mia.torres';

export const SAM = 'user:default/sam.okafor';
export const LENA = 'user:default/lena.fischer';

export const MIA_PERSON: Person = {
  userRef: VIEWER,
  displayName: 'Mia Torres',
  email: 'mia.torres@example.com',
  phone: '+1 555 0100',
  slack: '@mia',
  known: true,
};

export const SAM_PERSON: Person = {
  userRef: SAM,
  displayName: 'Sam Okafor',
  email: 'sam.okafor@example.com',
  phone: '+1 555 0142',
  slack: '@sam.okafor',
  known: true,
};

export const LENA_PERSON: Person = {
  userRef: LENA,
  displayName: 'Lena Fischer',
  email: 'lena.fischer@example.com',
  known: true,
};

import { LENA, SAM, VIEWER } from '../../testing/people';
import { approvalParts, approvingView, whoCouldGiveAll } from './approvalParts';

const AUTH = 'component:default/auth-service';
const USERS = 'component:default/user-service';
const PAYMENTS = 'component:default/payments';

const APPROVERS = [
  { entityRef: AUTH, userRef: VIEWER, displayName: 'Mia', entitledBy: 'owner' },
  {
    entityRef: USERS,
    userRef: VIEWER,
    displayName: 'Mia',
    entitledBy: 'owner',
  },
  { entityRef: USERS, userRef: SAM, displayName: 'Sam', entitledBy: 'on call' },
];

const BY_LENA = {
  approvedBy: LENA,
  approvedAt: '2026-11-21T02:00:00Z',
  covers: [{ entityRef: PAYMENTS, entitledBy: 'on call for payments' }],
};

describe('the approvals that a step needs', () => {
  const parts = approvalParts([AUTH, USERS, PAYMENTS], APPROVERS, [BY_LENA]);

  it('are one for each entity: given, or with the people to ask', () => {
    expect(
      parts.map(({ entityRef, given, people }) => ({
        entityRef,
        by: given?.by,
        people: people.map(person => person.userRef),
      })),
    ).toEqual([
      { entityRef: AUTH, by: undefined, people: [VIEWER] },
      { entityRef: USERS, by: undefined, people: [VIEWER, SAM] },
      { entityRef: PAYMENTS, by: LENA, people: [] },
    ]);
  });

  it.each([
    {
      who: VIEWER,
      says: `You approve for ${AUTH} and ${USERS}. It runs as soon as you approve.`,
      isLast: true,
    },
    {
      who: SAM,
      says: `You approve for ${USERS}. It runs as soon as somebody has approved for ${AUTH} too.`,
      isLast: false,
    },
    {
      who: LENA,
      says: 'It runs as soon as the last approval is given.',
      isLast: false,
    },
  ])(
    'tell $who before the button is pressed: $says',
    ({ who, says, isLast }) => {
      expect(approvingView(parts, who)).toEqual({ words: says, isLast });
    },
  );

  it('start the step at once where one is enough, also by somebody whom no list names', () => {
    expect(approvingView(approvalParts([AUTH], APPROVERS, []), LENA)).toEqual({
      words: 'It runs as soon as you approve.',
      isLast: true,
    });
    expect(approvingView([], VIEWER)).toBeUndefined();
  });

  it('can be given together by those who may give each of them', () => {
    const both = approvalParts([AUTH, USERS], APPROVERS, []);
    expect(whoCouldGiveAll(both)).toEqual([VIEWER]);
  });

  it.each([
    { what: 'one is given', entities: [USERS, PAYMENTS], given: [BY_LENA] },
    { what: 'nobody may give all', entities: [AUTH, PAYMENTS], given: [] },
    { what: 'one is needed', entities: [AUTH], given: [] },
  ])('are told one by one where $what', ({ entities, given }) => {
    expect(
      whoCouldGiveAll(approvalParts(entities, APPROVERS, given)),
    ).toBeUndefined();
  });
});

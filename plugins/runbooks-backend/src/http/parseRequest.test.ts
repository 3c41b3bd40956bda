import {
  listRunsQuerySchema,
  planRequestSchema,
} from '@backstage-runbooks/plugin-runbooks-common';
import { parseRequest } from './parseRequest';

const PLAN = {
  entityRef: 'component:default/shop',
  runbookId: 'a',
  procedureId: 'b',
  parameters: { NAME: 'web' },
};

describe('what a request may hold', () => {
  it.each([
    [
      'NUL',
      { ...PLAN, parameters: { NAME: 'a\0b' } },
      'parameters.NAME: holds U+0000 at character 2',
    ],
    [
      'half a character',
      { ...PLAN, runbookId: 'x\ud83d' },
      'runbookId: holds U+D83D at character 2',
    ],
    [
      'the other half',
      { ...PLAN, runbookId: '\udc00' },
      'runbookId: holds U+DC00 at character 1',
    ],
    [
      'a key with NUL',
      { ...PLAN, parameters: { 'a\0': 'b' } },
      'parameters: has the key "a\\u0000"',
    ],
    [
      '__proto__',
      { ...PLAN, parameters: JSON.parse('{"__proto__":"x"}') },
      'parameters: has the key "__proto__"',
    ],
  ])('is no %s; the answer says where', (_, body, message) => {
    expect(() => parseRequest(planRequestSchema, body)).toThrow(message);
  });

  it('is any other text', () => {
    const body = { ...PLAN, parameters: { NAME: 'Zażółć 🚀 constructor' } };
    expect(parseRequest(planRequestSchema, body)).toEqual(body);
  });

  it('names entities and people in any case, and they are the same ones', () => {
    const asked = parseRequest(planRequestSchema, {
      ...PLAN,
      entityRef: 'component:default/Auth-Service',
    });
    const listed = parseRequest(listRunsQuerySchema, {
      entityRef: 'Component:Default/AUTH-service',
      requestedBy: 'user:default/Maya.Lindqvist',
    });
    expect(asked.entityRef).toBe('component:default/auth-service');
    expect(listed).toEqual({
      entityRef: 'component:default/auth-service',
      requestedBy: 'user:default/maya.lindqvist',
    });
  });

  it('asks for runs in a state that there is', () => {
    expect(parseRequest(listRunsQuerySchema, { state: 'running' })).toEqual({
      state: 'running',
    });
    expect(() =>
      parseRequest(listRunsQuerySchema, { state: 'nonsense' }),
    ).toThrow(
      'state: expected one of open, waiting-approval, running, interrupted, cancelling, succeeded, failed, cancelled',
    );
  });
});

import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { entityOf, identityOrigins } from './__testUtils__/identityCatalog';
import { GroupDirectory } from './GroupDirectory';
import { OnCallSchedules } from './OnCallSchedules';

const scheduleNamed = (title: string) => `version: 1
schedules:
  - id: primary
    title: ${title}
    timeZone: Europe/Stockholm
    layers:
      - name: Weekly
        rotates: weekly
        handoff: { day: monday, time: '09:00' }
        start: 2026-01-05
        users: [ana]
`;

describe('the on-call document of a group', () => {
  it('is parsed once as long as it says the same, and anew when it changes', async () => {
    let text = scheduleNamed('First');
    const schedules = new OnCallSchedules({
      groups: new GroupDirectory({
        catalog: catalogServiceMock({
          entities: [
            entityOf(
              'Group',
              'identity',
              {},
              {
                annotations: {
                  'backstage-runbooks.io/on-call-ref': 'file:./on-call.yaml',
                },
              },
            ),
          ],
        }),
        credentials: async () => mockCredentials.service(),
        origins: identityOrigins(),
      }),
      documents: { readRef: async () => ({ path: 'on-call.yaml', text }) },
    });
    const read = async () =>
      (await schedules.schedulesOf('group:default/identity')).schedules[0]
        .schedule;
    const first = await read();
    expect(await read()).toBe(first);
    text = scheduleNamed('Second');
    expect((await read()).title).toBe('Second');
  });
});

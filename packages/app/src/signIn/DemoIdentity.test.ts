import type { DemoAuthClient } from './DemoAuthClient';
import { DemoIdentity } from './DemoIdentity';

const ONE_HOUR_S = 3600;
const MINUTE_MS = 60_000;

describe('being signed in', () => {
  it('uses one token until five minutes before its end, then asks for another', async () => {
    const demo = await signIn();

    demo.passMinutes(54);
    expect(await demo.identity.getCredentials()).toEqual({ token: 'token 1' });
    demo.passMinutes(1);
    expect(await demo.identity.getCredentials()).toEqual({ token: 'token 2' });
    demo.passMinutes(54);
    expect(await demo.identity.getCredentials()).toEqual({ token: 'token 2' });
  });

  it('asks once when many callers need a new token at the same time', async () => {
    const demo = await signIn();
    demo.passMinutes(58);

    const tokens = await Promise.all([
      demo.identity.getCredentials(),
      demo.identity.getCredentials(),
      demo.identity.getCredentials(),
    ]);

    expect(tokens).toEqual(Array(3).fill({ token: 'token 2' }));
  });

  it('tries again for the next caller when a new token could not be had', async () => {
    const demo = await signIn();
    demo.passMinutes(58);
    demo.failNext();

    await expect(demo.identity.getCredentials()).rejects.toThrow(
      'backend is away',
    );
    expect(await demo.identity.getCredentials()).toEqual({ token: 'token 2' });
  });
});

async function signIn() {
  let now = 0;
  let issued = 0;
  let fails = false;
  const client = {
    signIn: async (userRef: string) => {
      if (fails) {
        fails = false;
        throw new Error('the backend is away');
      }
      issued += 1;
      return {
        profile: {},
        backstageIdentity: {
          token: `token ${issued}`,
          expiresInSeconds: ONE_HOUR_S,
          identity: {
            type: 'user',
            userEntityRef: userRef,
            ownershipEntityRefs: [userRef],
          },
        },
      };
    },
  } as unknown as DemoAuthClient;
  const identity = await DemoIdentity.signIn({
    client,
    userRef: 'user:default/maya.lindqvist',
    now: () => now,
    onSignOut: () => {},
  });
  return {
    identity,
    passMinutes: (minutes: number) => {
      now += minutes * MINUTE_MS;
    },
    failNext: () => {
      fails = true;
    },
  };
}

import { useCallback, useEffect, useState } from 'react';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { chosenPerson } from './chosenPerson';
import type { DemoAuthClient } from './DemoAuthClient';
import { DemoIdentity } from './DemoIdentity';

/** Where signing in stands. */
export type Attempt =
  | { status: 'none' }
  /** Somebody was signed in before in this tab, and will be again as soon as the backend is ready. */
  | { status: 'as-before' }
  | { status: 'signing-in' }
  | { status: 'failed'; message: string };

/** Signs somebody in: whom the visitor chooses, or who was signed in before in this tab. */
export function useSignIn(options: {
  client: DemoAuthClient;
  backendIsReady: boolean;
  onSignInSuccess: SignInPageProps['onSignInSuccess'];
}) {
  const { client, backendIsReady, onSignInSuccess } = options;
  const [attempt, setAttempt] = useState<Attempt>(() =>
    chosenPerson.get() ? { status: 'as-before' } : { status: 'none' },
  );

  const signInAs = useCallback(
    async (userRef: string) => {
      try {
        const identity = await DemoIdentity.signIn({
          client,
          userRef,
          now: () => performance.now(),
          onSignOut: chosenPerson.forget,
        });
        chosenPerson.set(userRef);
        onSignInSuccess(identity);
      } catch (error) {
        chosenPerson.forget();
        setAttempt({
          status: 'failed',
          message: error instanceof Error ? error.message : String(error),
        });
      }
    },
    [client, onSignInSuccess],
  );

  const isDue = attempt.status === 'as-before' && backendIsReady;
  useEffect(() => {
    const before = chosenPerson.get();
    if (isDue && before) signInAs(before);
  }, [isDue, signInAs]);

  const signIn = (userRef: string) => {
    setAttempt({ status: 'signing-in' });
    signInAs(userRef);
  };
  return { attempt, signIn };
}

import { useEffect, useMemo, useState } from 'react';
import { discoveryApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Flex, Text } from '@backstage/ui';
import { Logo } from '../navigation/Logo';
import { chosenPerson } from './chosenPerson';
import { DemoAuthClient } from './DemoAuthClient';
import { DemoIdentity } from './DemoIdentity';
import { PersonCard } from './PersonCard';
import styles from './SignInPage.module.css';
import { usePeople } from './usePeople';

/** Asks who the visitor wants to be. A tab that was signed in before stays so when it is loaded again. */
export function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const discovery = useApi(discoveryApiRef);
  const client = useMemo(() => new DemoAuthClient(discovery), [discovery]);
  const people = usePeople(client);
  const { attempt, signIn } = useSignIn(client, onSignInSuccess);

  return (
    <main className={styles.page}>
      <Flex direction="column" gap="6" className={styles.content}>
        <Flex direction="column" gap="2">
          <Flex align="center" gap="3">
            <Logo size={36} />
            <Text as="h1" variant="title-medium" weight="bold">
              Who do you want to be?
            </Text>
          </Flex>
          <Text color="secondary">
            No password: these people are made up, and so are their services.
            Every browser tab can be somebody else, so one tab can ask for an
            approval and another can give it.
          </Text>
        </Flex>
        {attempt.status === 'failed' && (
          <Alert
            status="danger"
            icon
            title="Signing in did not succeed"
            description={attempt.message}
          />
        )}
        {people.status === 'failed' && (
          <Alert
            status="warning"
            icon
            title="The backend does not answer yet; asking again every two seconds"
            description={people.message}
          />
        )}
        {people.status === 'loading' && (
          <Text role="status">Reading the people of the examples …</Text>
        )}
        {people.status === 'ready' && (
          <ul className={styles.people}>
            {people.people.map(person => (
              <li key={person.userRef}>
                <PersonCard
                  person={person}
                  disabled={attempt.status === 'signing-in'}
                  onChoose={({ userRef }) => signIn(userRef)}
                />
              </li>
            ))}
          </ul>
        )}
      </Flex>
    </main>
  );
}

type Attempt =
  | { status: 'none' }
  | { status: 'signing-in' }
  | { status: 'failed'; message: string };

function useSignIn(
  client: DemoAuthClient,
  onSignInSuccess: SignInPageProps['onSignInSuccess'],
) {
  const [attempt, setAttempt] = useState<Attempt>(() =>
    chosenPerson.get() ? { status: 'signing-in' } : { status: 'none' },
  );

  const signIn = async (userRef: string) => {
    setAttempt({ status: 'signing-in' });
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
  };

  useEffect(() => {
    const before = chosenPerson.get();
    if (before) signIn(before);
    // Only when the page opens
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return { attempt, signIn };
}

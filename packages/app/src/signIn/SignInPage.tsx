import { useMemo } from 'react';
import { discoveryApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Flex, Text } from '@backstage/ui';
import { Logo } from '../navigation/Logo';
import { DemoAuthClient } from './DemoAuthClient';
import { PersonCard } from './PersonCard';
import styles from './SignInPage.module.css';
import { usePeople } from './usePeople';
import { useSignIn } from './useSignIn';

/** Asks who the visitor wants to be. A tab that was signed in before stays so when it is loaded again. */
export function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const discovery = useApi(discoveryApiRef);
  const client = useMemo(() => new DemoAuthClient(discovery), [discovery]);
  const people = usePeople(client);
  const { attempt, signIn } = useSignIn({
    client,
    backendIsReady: people.status === 'ready',
    onSignInSuccess,
  });
  const isBusy = attempt.status === 'as-before';

  return (
    <main className={styles.page}>
      <Flex direction="column" gap="6" className={styles.content}>
        <Flex direction="column" gap="2">
          <Flex align="center" gap="3">
            <Logo size={36} />
            <Text as="h1" variant="title-medium" weight="bold">
              {isBusy ? 'Runbooks demo' : 'Who do you want to be?'}
            </Text>
          </Flex>
          {!isBusy && (
            <Text color="secondary">
              No password: these people are made up, and so are their services.
              Every browser tab can be somebody else, so one tab can ask for an
              approval and another can give it.
            </Text>
          )}
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
            title="The backend is not ready yet; asking again every two seconds"
            description={people.message}
          />
        )}
        {people.status === 'loading' && (
          <Text role="status">Reading the people of the examples …</Text>
        )}
        {people.status === 'ready' && isBusy && (
          <Text role="status">Signing in as before …</Text>
        )}
        {people.status === 'ready' && !isBusy && (
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

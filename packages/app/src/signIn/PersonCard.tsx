import { Avatar, Flex, Text } from '@backstage/ui';
import type { DemoPerson } from './DemoAuthClient';
import styles from './SignInPage.module.css';

/** One person of the sign-in page: who they are and what to try as them. */
export function PersonCard(props: {
  person: DemoPerson;
  disabled: boolean;
  onChoose: (person: DemoPerson) => void;
}) {
  const { person, disabled, onChoose } = props;
  return (
    <button
      type="button"
      className={styles.person}
      disabled={disabled}
      aria-label={`Sign in as ${person.name}`}
      onClick={() => onChoose(person)}
    >
      <Avatar
        src=""
        name={person.name}
        size="medium"
        purpose="decoration"
        className={styles.avatar}
      />
      <Flex direction="column" gap="1">
        <Text variant="title-x-small" weight="bold">
          {person.name}
        </Text>
        <Text color="secondary">
          {[person.role, person.teams.join(', ')].filter(Boolean).join(' · ')}
        </Text>
        <Text>{person.hint}</Text>
      </Flex>
    </button>
  );
}

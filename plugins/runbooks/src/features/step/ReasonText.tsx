import { Disclosure } from '../../components/Disclosure';
import { ForeignText } from '../../components/ForeignText';
import { upperFirst } from '../../words/upperFirst';
import { reasonParts } from './reasonParts';

/** Why something has its effect: the worst as a sentence, and all else that it does behind a line that counts it. */
export function ReasonText({ because }: { because: string }) {
  const { first, others } = reasonParts(because);
  return (
    <>
      <ForeignText text={first} />
      {others.length > 0 && (
        <Disclosure
          summary={
            others.length === 1
              ? 'One more thing that it does'
              : `${others.length} more things that it does`
          }
        >
          <ul style={{ margin: 0, paddingLeft: 18, listStyle: 'disc' }}>
            {others.map(other => (
              <li key={other}>
                <ForeignText text={upperFirst(other)} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}

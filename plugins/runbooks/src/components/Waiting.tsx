import Skeleton from '@material-ui/lab/Skeleton';
import { Unseen } from './Unseen';

/** Holds the place of something that is loading, in about its height. `what` is said to screen readers. */
export function Waiting(props: {
  what: string;
  lines?: number;
  lineHeight?: number;
}) {
  const { what, lines = 3, lineHeight = 24 } = props;
  return (
    <div role="status">
      <Unseen>Loading {what}</Unseen>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton
          key={line}
          height={lineHeight}
          width={line === lines - 1 ? '62%' : '100%'}
          aria-hidden
        />
      ))}
    </div>
  );
}

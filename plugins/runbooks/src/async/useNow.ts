import { useEffect, useState } from 'react';

/** The present moment in milliseconds, renewed every `everyMs`; the only clock that screens read. */
export function useNow(everyMs: number = 15_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

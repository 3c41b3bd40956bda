import {
  createRedactor,
  REDACTED,
} from '@backstage-runbooks/plugin-runbooks-common';
import { secretFormsOf } from './secretFormsOf';

it('ten thousand values are made ready while the event loop goes on, and then hidden', async () => {
  const values = Array.from(
    { length: 10_000 },
    (_, n) => `made-up-${n * 7919}-${'x'.repeat(80)}`,
  );
  let turns = 0;
  let counting: NodeJS.Immediate | undefined;
  const count = () => {
    turns += 1;
    counting = setImmediate(count);
  };
  count();
  const forms = await secretFormsOf(values);
  clearImmediate(counting);
  expect(turns).toBeGreaterThan(10);
  const redactor = createRedactor({ secrets: forms });
  expect(redactor.push(`a ${values[4711]} b\n`)).toBe(`a ${REDACTED} b\n`);
}, 60_000);

it('a value that one stream learns is hidden in the others', async () => {
  const forms = await secretFormsOf([]);
  const [one, other] = [1, 2].map(() => createRedactor({ secrets: forms }));
  one.add('made-up-4711');
  expect(other.push('made-up-4711\n')).toBe(`${REDACTED}\n`);
});

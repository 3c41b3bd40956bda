import { readShell } from './readShell';

describe('what every step is told of its run', () => {
  it('is no parameter that somebody must give a value', () => {
    const text = 'echo "$RUN_ID ${STEP_ID} $ATTEMPT"';
    expect(readShell(text, { language: 'bash' }).placeholders).toEqual([]);
  });
});

import { REDACTED } from '../redaction';
import { runCommandRequestSchema } from './requests';

// Put together here, so that no scanner takes it for a real one.
const TOKEN = `ghp_${'Z9'.repeat(18)}`;

describe('what a person types for others to read', () => {
  it.each([
    { kind: 'request-approval', stepId: 's', reason: `with ${TOKEN}` },
    { kind: 'deny', stepId: 's', reason: `with ${TOKEN}` },
    { kind: 'skip', stepId: 's', reason: `with ${TOKEN}` },
    { kind: 'cancel', reason: `with ${TOKEN}` },
    {
      kind: 'settle-interruption',
      stepId: 's',
      as: 'done',
      reason: `with ${TOKEN}`,
    },
  ])('loses a credential at the door: $kind', command => {
    expect(runCommandRequestSchema.parse(command)).toMatchObject({
      reason: `with ${REDACTED}`,
    });
  });

  it.each([
    { kind: 'confirm', stepId: 's', note: `password: hunter2, ok` },
    { kind: 'judge', stepId: 's', good: true, note: `password: hunter2, ok` },
    { kind: 'finish', outcome: 'failed', note: `password: hunter2, ok` },
  ])('loses a password at the door: $kind', command => {
    expect(runCommandRequestSchema.parse(command)).toMatchObject({
      note: `password: ${REDACTED}, ok`,
    });
  });

  it('comes through as it is where it has no credential', () => {
    const reason = 'INC-20417: web-7d4b9c6f5-abcde is at bd15f4170c3e9c4b2a8d';
    expect(
      runCommandRequestSchema.parse({ kind: 'skip', stepId: 's', reason }),
    ).toMatchObject({ reason });
  });

  it('is still asked for where a step is left out', () => {
    expect(
      runCommandRequestSchema.safeParse({
        kind: 'skip',
        stepId: 's',
        reason: ' ',
      }).success,
    ).toBe(false);
  });
});

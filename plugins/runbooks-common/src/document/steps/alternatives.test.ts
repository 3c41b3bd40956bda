import type { Step } from '../model';
import { stepsOf } from '../procedureFrom.testing';

describe('one of several', () => {
  it('a paragraph "Or ..." begins an alternative to the step above', () => {
    const steps = stepsOf(`
# Restart the printer queue

Restart it by the service:

\`\`\`bash
sudo systemctl restart printq
\`\`\`

Or by the container:

\`\`\`bash
docker restart printq
\`\`\`
`);
    expect(steps.map(({ title }) => title)).toEqual([
      'Restart it by the service',
      'By the container',
    ]);
    expect(groupsOf(steps)).toEqual([1, 1]);
  });

  it('paragraphs "Option A: ..." are alternatives, with all their steps', () => {
    const steps = stepsOf(`
# Empty the inbox

Option A: archive it

\`\`\`bash
# Pack
tar czf inbox.tgz inbox

# Remove
rm -r inbox
\`\`\`

Option B: drop it

\`\`\`bash
rm -r inbox
\`\`\`
`);
    expect(steps.map(({ alternative }) => alternative?.label)).toEqual([
      'Option A',
      'Option A',
      'Option B',
    ]);
    expect(groupsOf(steps)).toEqual([1, 1, 1]);
  });

  it('two ways that begin alike ("Via ...", "Via ...") are alternatives', () => {
    const steps = stepsOf(`
# Add a mailbox

\`\`\`bash
# Via the API
curl -X POST https://mail.example.com/boxes -d name=desk

# Via the command line
./mailctl add desk
\`\`\`
`);
    expect(groupsOf(steps)).toEqual([1, 1]);
  });

  it('what stands under a heading "If ..." holds on that condition', () => {
    const steps = stepsOf(`
# Bring the gate back

## Steps

**Look at the gate:**

\`\`\`bash
./gate status
\`\`\`

**If it is shut:**

\`\`\`bash
./gate open
\`\`\`
`);
    expect(steps.map(({ condition }) => condition)).toEqual([
      undefined,
      'If it is shut',
    ]);
  });
});

/** The number of each step's group of alternatives, 0 for none. */
function groupsOf(steps: Step[]): number[] {
  const groups = [...new Set(steps.flatMap(s => s.alternative?.group ?? []))];
  return steps.map(({ alternative }) =>
    alternative ? groups.indexOf(alternative.group) + 1 : 0,
  );
}

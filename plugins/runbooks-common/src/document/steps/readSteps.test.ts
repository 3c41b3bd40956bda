import { procedureOf, stepsOf } from '../procedureFrom.testing';

describe('the title of what is done by hand', () => {
  it('begins as a sentence does, also behind a label', () => {
    const steps = stepsOf(`
# Incident: Slow

\`\`\`bash
kubectl get pods
\`\`\`

**Escalation**: not better after 15 minutes? Page the second level and open a call.
`);
    expect(steps.map(({ title }) => title).at(-1)).toMatch(/^Not better/);
  });
});

describe('the order of a procedure', () => {
  it('what follows a bold result stays in its phase and in its place', () => {
    const procedure = procedureOf(`
# Move the queue

The writers go first.

**Step 1: Stop the writers**

\`\`\`bash
kubectl scale deploy/writer --replicas=0
\`\`\`

**Expected result**: no writers left

\`\`\`bash
kubectl get pods -l app=writer
\`\`\`

**Step 2: Move it**

\`\`\`bash
./move-queue.sh
\`\`\`
`);
    expect(
      procedure.phases.map(({ title, steps }) => [
        title,
        steps.map(({ text }) => text),
      ]),
    ).toEqual([
      [
        'Stop the writers',
        [
          'kubectl scale deploy/writer --replicas=0',
          'kubectl get pods -l app=writer',
        ],
      ],
      ['Move it', ['./move-queue.sh']],
    ]);
  });

  it('steps before, between and after labels keep the order of the text', () => {
    const steps = stepsOf(`
# Swap the disk

\`\`\`bash
lsblk
\`\`\`

**Verification**: the light is green

\`\`\`bash
mdadm --detail /dev/md0
\`\`\`

**Note the serial number**:

\`\`\`bash
smartctl -i /dev/sdb
\`\`\`
`);
    expect(
      steps.filter(({ type }) => type === 'command').map(s => s.text),
    ).toEqual(['lsblk', 'mdadm --detail /dev/md0', 'smartctl -i /dev/sdb']);
  });

  it('paragraphs that count steps are phases as headings are', () => {
    const procedure = procedureOf(`
# Rotate the signing key

Step 1: Make a new key

\`\`\`bash
openssl genrsa -out new.pem 4096
\`\`\`

Step 2 - Publish it

\`\`\`bash
./publish-key.sh new.pem
./list-keys.sh
\`\`\`

Verification:

\`\`\`bash
curl -s https://keys.example.com/current
\`\`\`
`);
    expect(
      procedure.phases.map(({ role, title }) => `${role}: ${title}`),
    ).toEqual([
      'steps: Make a new key',
      'steps: Publish it',
      'verification: Verification',
    ]);
  });
});

describe('what verifies', () => {
  it('the last steps that see whether it worked are the verification', () => {
    const procedure = procedureOf(`
# Renew the pass

## Steps

1. Make a new pass
2. Hand it to the desk
3. Verify the desk accepts it
`);
    expect(
      procedure.phases.map(({ role, steps }) => `${role}: ${steps.length}`),
    ).toEqual(['steps: 2', 'verification: 1']);
  });

  it('a check between steps stays where it is', () => {
    const procedure = procedureOf(`
# Renew the pass

## Steps

1. Verify the old pass
2. Hand a new one to the desk
`);
    expect(procedure.phases.map(({ role }) => role)).toEqual(['steps']);
  });
});

describe('titles and conditions', () => {
  it.each([
    [
      'Ask the desk for a slot (form: SLOT-REQUEST)',
      'Ask the desk for a slot (form: SLOT-REQUEST)',
      undefined,
    ],
    [
      'If the key is new (first year, spare), register it',
      'Register it',
      'If the key is new (first year, spare)',
    ],
    [
      'If the desk is closed, either:',
      'If the desk is closed',
      'If the desk is closed',
    ],
    [
      'If the checksum differs — copy the file again',
      'Copy the file again',
      'If the checksum differs',
    ],
    [
      'Empty the cache (only if you want a cold start)',
      'Empty the cache',
      'Only if you want a cold start',
    ],
    [
      'Write to the desk (opening a case if there is none) and wait',
      'Write to the desk (opening a case if there is none) and wait',
      undefined,
    ],
    [
      'Grow the shelf if it may grow; otherwise order one',
      'Grow the shelf if it may grow; otherwise order one',
      undefined,
    ],
    [
      'A sent letter stays sent — if one was wrong, write another',
      'A sent letter stays sent — if one was wrong, write another',
      undefined,
    ],
    [
      'The shelf is counted when it is opened',
      'The shelf is counted when it is opened',
      undefined,
    ],
    [
      'Count the shelf when it is opened',
      'Count the shelf',
      'When it is opened',
    ],
  ])('"%s"', (item, title, condition) => {
    const [step] = stepsOf(`
# Register a key

## Steps

1. ${item}
2. Close the register
`);
    expect([step.title, step.condition]).toEqual([title, condition]);
  });
});

describe('what a person types', () => {
  it('commands below an opened session are typed in it, until it is left', () => {
    const steps = stepsOf(`
# Clean the cache of the shop

\`\`\`bash
# Open a shell in the pod
kubectl exec -it shop-0 -- bash

# Inside the pod
rm -rf /var/cache/shop/*
exit

# Look at the pod
kubectl get pod shop-0
\`\`\`
`);
    expect(steps.map(({ type }) => type)).toEqual([
      'manual',
      'manual',
      'command',
    ]);
    expect(steps[1].manualBecause).toContain('session');
  });
});

describe('what a session ends with', () => {
  it('the tool that opened a session is called outside of it', () => {
    const steps = stepsOf(`
# Look into the shop

\`\`\`bash
# Start a helper
kubectl run helper -it --image=tools -- bash

# Ask for the name
nslookup shop

# Look at the events
kubectl get events -n shop
\`\`\`
`);
    expect(steps.map(({ type }) => type)).toEqual([
      'manual',
      'manual',
      'command',
    ]);
  });
});

describe('lists', () => {
  it('tick boxes below a bold group are the steps, not the group', () => {
    const steps = stepsOf(`
# Open the museum

## Checklist

- [ ] **Doors**
  - [ ] Unlock the front
  - [ ] Unlock the yard
- [ ] **Lights**
  - [ ] Switch on the hall
`);
    expect(steps.map(({ title }) => title)).toEqual([
      'Unlock the front',
      'Unlock the yard',
      'Switch on the hall',
    ]);
  });

  it('an item that tells a cause is no step, the steps below "Resolution" are', () => {
    const procedure = procedureOf(`
# The lift does not come

- **Possible cause:** the door of another floor is open
- **Resolution steps:**
  1. Look at every door
  2. Close the one that is open
`);
    const steps = procedure.phases.flatMap(phase => phase.steps);
    expect(steps.map(({ title }) => title)).toEqual([
      'Look at every door',
      'Close the one that is open',
    ]);
    expect(steps[0].note).toContain('another floor');
  });

  it('a block in a language that nobody runs here is the text of the item above it', () => {
    const [, step] = stepsOf(`
# Recover the till

## Steps

1. Close the till
2. Run the recovery:

\`\`\`powershell
Restore-Till -Name front
\`\`\`

3. Open the till
`);
    expect(step.type).toBe('manual');
    expect(step.text).toContain('Restore-Till -Name front');
  });
});

describe('terms', () => {
  it('a list that says what words mean is not followed', () => {
    const procedure = procedureOf(`
# When the alarm rings

## Levels

- \`A\`: the whole house
- \`B\`: one room

## Steps

1. Leave the house
2. Call the porter
`);
    expect(procedure.phases.map(({ title }) => title)).toEqual(['Steps']);
  });
});

describe('sentences', () => {
  it('an instruction below a command is no expectation', () => {
    const steps = stepsOf(`
# Make the store anew

\`\`\`bash
./store create
\`\`\`

Run the fill job; the output should be a list of shelves.
`);
    expect(steps[0].expectation).toBeUndefined();
  });

  it('what follows an instruction in the same paragraph does not take its name away', () => {
    const [step] = stepsOf(`
# Make the store anew

Create the store. This will take around ten minutes

\`\`\`bash
./store create
\`\`\`
`);
    expect(step.title).toBe('Create the store');
  });
});

describe('comments in a block', () => {
  it('a way in comments only is a way by hand', () => {
    const steps = stepsOf(`
# Add a mailbox

\`\`\`bash
# Via the API
curl -X POST https://mail.example.com/boxes -d name=desk

# Via the page
# Navigate to Boxes and press Add
\`\`\`
`);
    expect(steps.map(({ type, title }) => `${type} ${title}`)).toEqual([
      'command Via the API',
      'manual Via the page',
    ]);
    expect(steps[1].alternative?.group).toBe(steps[0].alternative?.group);
  });

  it.each([
    '# Replicas should be 3',
    '# notAfter must be next year',
    '# Should resolve to the new address',
    '# HTTP/2 200',
  ])('"%s" below a command is what it should show', comment => {
    const [first, second] = stepsOf(`
# Look at the ferry

\`\`\`bash
./ferry status
${comment}
./ferry crew
\`\`\`
`);
    expect(second).toBeUndefined();
    expect(first.expectation?.text).toBe(comment.slice(2));
  });

  it('a state behind a command is what it should show', () => {
    const [step] = stepsOf(`
# Look at the disks

\`\`\`bash
kubectl get pvc -n depot   # depot-data: Bound
\`\`\`
`);
    expect(step.expectation?.checks).toEqual([
      { kind: 'contains', text: 'Bound' },
    ]);
  });

  it('lines to put into a file are remarks of the instruction, not its name', () => {
    const [step] = stepsOf(`
# Raise the limits

\`\`\`bash
# Edit /etc/depot.conf
# depot soft files 9000
# depot hard files 9000

sudo sysctl -p
\`\`\`
`);
    expect(step.title).toBe('Edit /etc/depot.conf');
    expect(step.text).toContain('depot hard files 9000');
  });

  it('a long item is named by what stands before its dash', () => {
    const [step] = stepsOf(`
# Free the harbour

## Steps

1. Check the upstream locks — the harbour gauge often follows the metric of the upper lock, and only falls when it is shut
2. Open the gate
`);
    expect(step.title).toBe('Check the upstream locks');
  });
});

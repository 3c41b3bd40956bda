import { EVERYDAY_CASES } from './everyday.cases';
import { EVERYDAY_DELIVERY_CASES } from './everydayDelivery.cases';
import { MACHINE_CASES } from './everyday.machine.cases';
import { readShell } from './readShell';

const cases = [EVERYDAY_CASES, EVERYDAY_DELIVERY_CASES, MACHINE_CASES]
  .flatMap(text => text.split('\n'))
  .flatMap(line => {
    const match = /^(\w+) \| (.+)$/.exec(line);
    return match
      ? [{ effect: match[1], text: match[2].replace(/⏎/g, '\n') }]
      : [];
  });

describe('commands of ordinary runbooks', () => {
  it.each(cases)('$text: $effect', ({ text, effect }) => {
    const reading = readShell(text, { language: 'bash' });
    expect({
      shell: reading.shell,
      effect: reading.effect,
      because: reading.because,
    }).toEqual({ shell: true, effect, because: expect.any(String) });
  });
});

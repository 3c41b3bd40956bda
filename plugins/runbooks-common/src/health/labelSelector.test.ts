import { matchesLabels, parseLabelSelector } from './labelSelector';

const labels = { app: 'web', tier: 'front', empty: '' };

describe('a label selector', () => {
  // prettier-ignore
  it.each([
    ['app=web', true], ['app==web', true], ['app=api', false],
    ['app!=api', true], ['app!=web', false], ['missing!=x', true],
    ['app in (web, api)', true], ['app in (api)', false],
    ['app notin (api)', true], ['app notin (web)', false], ['missing notin (a)', true],
    ['app', true], ['missing', false], ['!missing', true], ['!app', false],
    ['app in (web,api),tier=front,!missing', true], ['app=web,tier=back', false],
    ['backstage.io/kubernetes-id=web', false], ['empty=', true], ['constructor', false],
  ])('%s matches: %s', (text, matches) => {
    const reading = parseLabelSelector(text);
    expect(reading).toMatchObject({ ok: true });
    expect(reading.ok && matchesLabels(labels, reading.requirements)).toBe(
      matches,
    );
  });

  it.each(['', ' , ', 'app=we b', 'app>3', 'app in web', 'app in (a;b)', '=x'])(
    "'%s' is refused with words",
    text => {
      expect(parseLabelSelector(text)).toMatchObject({
        ok: false,
        message: expect.stringMatching(/expected/),
      });
    },
  );
});

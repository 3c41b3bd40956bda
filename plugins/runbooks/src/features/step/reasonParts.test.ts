import { reasonParts, reasonTitle } from './reasonParts';

const LONG =
  'runs ./deploy.sh: at worst, scales deployment/web to 0 replicas: all pods stop; it also sets the image of deployment/web; patches service web';

describe('the reason of an effect', () => {
  it('is the worst first, and each thing that it also does', () => {
    expect(reasonParts(LONG)).toEqual({
      first:
        'runs ./deploy.sh: at worst, scales deployment/web to 0 replicas: all pods stop',
      others: ['sets the image of deployment/web', 'patches service web'],
    });
  });

  it('is whole where it says one thing', () => {
    expect(reasonParts('deletes pod web')).toEqual({
      first: 'deletes pod web',
      others: [],
    });
  });

  it('is a title without what the script does', () => {
    expect(reasonTitle(LONG)).toBe('runs ./deploy.sh');
    expect(reasonTitle('deletes pod web')).toBe('deletes pod web');
  });
});

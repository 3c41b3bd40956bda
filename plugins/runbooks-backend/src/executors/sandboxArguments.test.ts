import { kubeconfigText } from './sandboxArguments';

describe('the kubeconfig of a step', () => {
  it('leads to the gateway alone, and holds no user, token, certificate or key', () => {
    const text = kubeconfigText('shop');
    expect(text.match(/server: .*/g)).toEqual([
      expect.stringMatching(/^server: http:\/\/127\.0\.0\.1:\d+$/),
    ]);
    expect(text).not.toMatch(/user|token|password|certificate|key|exec/i);
  });
});

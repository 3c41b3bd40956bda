import { carriedVariables, isCarriedVariable } from './carriedVariables';

const byteLength = (text: string) => Buffer.byteLength(text);

describe('the variables that a step hands on', () => {
  it.each(['NAMESPACE', 'pod', '_x', 'A1', 'KIND'])('include %s', name => {
    expect(isCarriedVariable(name)).toBe(true);
  });

  it.each([
    'PATH',
    'LD_PRELOAD',
    'BASH_ENV',
    'BASH_FUNC_ls',
    'ENV',
    'IFS',
    'KUBECONFIG',
    'HTTPS_PROXY',
    'http_proxy',
    'PWD',
    'OLDPWD',
    'SHLVL',
    'RUNBOOKS_TOKEN',
    'PS4',
    'PROMPT_COMMAND',
    'PYTHONPATH',
    '1A',
    'A-B',
    'A[0]',
    '',
    'x\ny',
  ])('never include %j', name => {
    expect(isCarriedVariable(name)).toBe(false);
  });

  it('leave out a value that is too long, and what no longer fits', () => {
    const long = 'x'.repeat(64 * 1024);
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`V${index}`, long]),
    );
    const carried = carriedVariables({ TOO: `${long}x`, ...many }, byteLength);
    expect(Object.keys(carried)).toEqual([
      'V0',
      'V1',
      'V2',
      'V3',
      'V4',
      'V5',
      'V6',
    ]);
  });
});

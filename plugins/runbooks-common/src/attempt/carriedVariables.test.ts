import { carriedVariables, isParameterVariable } from './carriedVariables';

const byteLength = (text: string) => Buffer.byteLength(text);
const exported = (...names: string[]) =>
  Object.fromEntries(names.map(name => [name, { value: 'v', exported: true }]));
const leave = (
  left: Parameters<typeof carriedVariables>[0],
  given: Record<string, string> = {},
) => carriedVariables(left, given, byteLength);

describe('the variables that a step hands on', () => {
  it.each(['NAMESPACE', 'pod', '_x', 'A1', 'KIND', 'Path'])(
    'include %s, exported as it was',
    name => {
      expect(leave(exported(name))).toEqual({
        variables: exported(name),
        dropped: [],
      });
      const plain = { [name]: { value: '', exported: false } };
      expect(leave(plain).variables).toEqual(plain);
    },
  );

  it.each([
    ...['PATH', 'HOME', 'BASH_ENV', 'BASH_FUNC_ls', 'ENV', 'IFS', 'KUBECONFIG'],
    ...['PWD', 'OLDPWD', 'SHLVL', 'RUNBOOKS_TOKEN', 'RUNBOOKS_P_PATH', 'PS4'],
    ...['PROMPT_COMMAND', 'RUN_ID', '1A', 'A-B', 'A[0]', '', 'x\ny'],
  ])('never include %j', name => {
    expect(leave(exported(name)).variables).toEqual({});
  });

  it.each([
    ...['TAR_OPTIONS', 'GIT_SSH_COMMAND', 'HELM_PLUGINS', 'LESSOPEN', 'PAGER'],
    ...[
      'GLIBC_TUNABLES',
      'LD_PRELOAD',
      'https_proxy',
      'HTTPS_PROXY',
      'GOFLAGS',
    ],
    ...['PYTHONPATH', 'NODE_OPTIONS', 'XDG_CONFIG_HOME', 'CURL_HOME', 'EDITOR'],
    ...['KUBECTL_EXTERNAL_DIFF', 'SSL_CERT_FILE', 'npm_config_registry'],
  ])('include %s for the text to read, and for no program', name => {
    const { variables, dropped } = leave(exported(name));
    expect(variables).toEqual({ [name]: { value: 'v', exported: false } });
    expect(dropped).toEqual([
      { name: `$${name}`, because: expect.stringContaining('its export') },
    ]);
  });

  it('tell of a PATH that the text changed, and of none that it did not', () => {
    const given = { PATH: '/bin', HOME: '/home/step' };
    const { dropped } = leave(
      {
        PATH: { value: '/evil', exported: true },
        HOME: { value: '/home/step', exported: true },
        RANDOM: { value: '4', exported: false },
      },
      given,
    );
    expect(dropped).toEqual([
      { name: '$PATH', because: expect.stringContaining('sandbox') },
    ]);
  });

  it('leave out a value that is too long, and what no longer fits, and say so', () => {
    const long = { value: 'x'.repeat(64 * 1024), exported: false };
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`V${index}`, long]),
    );
    const { variables, dropped } = leave({
      TOO: { value: `${long.value}x`, exported: false },
      ...many,
    });
    expect(Object.keys(variables)).toEqual(
      Array.from({ length: 7 }, (_, index) => `V${index}`),
    );
    expect(dropped.length).toBe(14);
    expect(dropped[0]).toEqual({
      name: '$TOO',
      because: expect.stringContaining('65537 bytes'),
    });
  });
});

describe('the name of a parameter in the environment of a step', () => {
  it.each(['RUNBOOKS_P_PATH', 'RUNBOOKS_P_pod', 'RUNBOOKS_P_1'])(
    'is %s',
    name => expect(isParameterVariable(name)).toBe(true),
  );

  it.each([
    'PATH',
    'BASH_ENV',
    'RUNBOOKS_P_',
    'xRUNBOOKS_P_A',
    'RUNBOOKS_P_A=1',
    'RUNBOOKS_P_A\n',
  ])('is never %j', name => expect(isParameterVariable(name)).toBe(false));
});

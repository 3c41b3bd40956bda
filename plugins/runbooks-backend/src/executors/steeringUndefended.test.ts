import type { CarriedVariable } from '@backstage-runbooks/plugin-runbooks-common';
import type { StepExecution } from '@backstage-runbooks/plugin-runbooks-node';
import { ExecutorBench } from './testUtils/ExecutorBench';
import { isSteered, STEERINGS } from './testUtils/steering';

jest.setTimeout(30_000);

// The defences, replaced by what lets everything pass: every variable of a step is handed on and exported,
jest.mock('@backstage-runbooks/plugin-runbooks-common', () => ({
  ...jest.requireActual('@backstage-runbooks/plugin-runbooks-common'),
  carriedVariables: (variables: Record<string, CarriedVariable>) => ({
    variables,
    dropped: [],
  }),
}));
// every one, and a parameter of any name, reaches the next step,
jest.mock('./stepEnvironment', () => ({
  ...jest.requireActual('./stepEnvironment'),
  stepEnvironment: ({ carried, environment }: StepExecution) => ({
    ...carried.variables,
    ...Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        { value, exported: true },
      ]),
    ),
  }),
}));
// and the home of all steps is one folder of the workspace.
jest.mock('./sandboxScripts', () => {
  const actual = jest.requireActual('./sandboxScripts');
  return {
    ...actual,
    initScript: (options: { hasGateway: boolean }) =>
      actual
        .initScript(options)
        .replace(
          /^kept=.*\n.*$/m,
          'export HOME=/workspace/.home; mkdir -p $HOME',
        )
        .replace(/^\{\n {2}kept=[^]*?^\} 2>\/dev\/null$/m, ''),
  };
});

describe('without the defence', () => {
  let bench: ExecutorBench;
  beforeEach(async () => {
    bench = await ExecutorBench.create();
  });
  afterEach(() => bench.dispose());

  it.each(STEERINGS)(
    'the programs of a step are steered: $name',
    async steering => {
      const { steered, result } = await isSteered(bench, steering);
      expect(
        steered ? '' : result.stdout + result.stderr + result.failure,
      ).toBe('');
    },
  );
});

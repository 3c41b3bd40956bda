import { procedureView } from '../../testing/documents';
import { planOf } from '../../testing/plans';
import { planLines } from './planLines';
import { procedurePageView } from './procedurePageView';

const VIEW = procedureView();
const PLAN = planOf({ NAMESPACE: 'identity', REPLICAS: '6' });

describe('a procedure on its page', () => {
  it('numbers steps through all phases and puts alternatives together', () => {
    const { phases } = procedurePageView(VIEW, undefined);
    expect(
      phases.map(phase => ({
        role: phase.roleLabel,
        groups: phase.groups.map(group =>
          group.kind === 'choice'
            ? group.steps.map(step => step.number)
            : group.step.number,
        ),
      })),
    ).toEqual([
      { role: 'Investigation', groups: ['1', '2'] },
      { role: 'Steps', groups: [['3', '4'], '5'] },
      { role: 'Rollback', groups: ['6'] },
    ]);
  });

  it('shows the blanks of the document before planning and the values after', () => {
    const firstText = (plan?: typeof PLAN) => {
      const [group] = procedurePageView(VIEW, plan).phases[0].groups;
      return group.kind === 'single' ? group.step.text : undefined;
    };
    expect(firstText()).toBe(
      'kubectl get pods -l app=auth-service -n <namespace>',
    );
    expect(firstText(PLAN)).toBe(
      'kubectl get pods -l app=auth-service -n identity',
    );
  });

  it('does not tell among its facts what stands above them already', () => {
    const procedure = {
      ...VIEW.procedure,
      summary: 'log level, model',
      metadata: { other: { 'Use case': 'log level, model', Room: '#ops' } },
    };
    const { facts, summary } = procedurePageView(
      { ...VIEW, procedure },
      undefined,
    );
    expect(summary).toBe('log level, model');
    expect(facts.map(({ label }) => label)).toContain('Room');
    expect(facts.map(({ label }) => label)).not.toContain('Use case');
  });

  it('has the effect of its worst step', () => {
    expect(procedurePageView(VIEW, undefined).effect).toBe('destructive');
  });

  it('has the effect that the values make of it, once it is planned', () => {
    const harmless = {
      ...PLAN,
      steps: PLAN.steps.map(step => ({ ...step, effect: 'read' as const })),
    };
    expect(procedurePageView(VIEW, harmless).effect).toBe('read');
  });

  it('says that its effect is as written as long as no values are known', () => {
    expect(procedurePageView(VIEW, undefined).isAsWritten).toBe(true);
    expect(procedurePageView(VIEW, PLAN).isAsWritten).toBe(false);
    expect(
      procedurePageView({ ...VIEW, parameters: [] }, undefined).isAsWritten,
    ).toBe(false);
  });

  it('lets facts of the procedure win over those of its document', () => {
    expect(procedurePageView(VIEW, undefined).facts).toContainEqual({
      label: 'Duration',
      value: '15 minutes',
    });
  });
});

describe('what a plan needs', () => {
  it('is told in one line per fact', () => {
    expect(planLines(PLAN)).toEqual([
      '2 steps run without an approval',
      '2 steps need an approval',
      '1 step needs an approval and a confirmation that whoever asks for it types',
      '1 step is done by hand and confirmed',
    ]);
  });
});

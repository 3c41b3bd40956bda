import { visibleParts } from './visibleParts';
import type {
  Effect,
  Parameter,
  Procedure,
  Runbook,
  Step,
} from '@backstage-runbooks/plugin-runbooks-common';

const COLOURS: Record<Effect, number> = {
  local: 90,
  read: 32,
  unknown: 35,
  change: 33,
  destructive: 31,
};

const TITLE_WIDTH = 62;

type Paint = (code: number, text: string) => string;

/**
 * A runbook for people: its facts, then each procedure with its steps, what they do and where they stand.
 *
 * ```text
 *   incident  High error rate                                      line 126
 *     needs   POD_NAME
 *     Investigation
 *       1.1  Check the log                                 read           141
 * ```
 */
export function outlineOf(document: Runbook, coloured: boolean): string {
  const runbook = visibleParts(document);
  const paint: Paint = (code, text) =>
    coloured ? `\u001b[${code}m${text}\u001b[0m` : text;
  const lines = [
    `${paint(1, runbook.title)}  ${paint(90, runbook.path)}`,
    `  ${summaryOf(runbook)}`,
    ...runbook.procedures.flatMap(procedure =>
      procedureLines(procedure, paint),
    ),
    ...factLines(runbook, paint),
    ...problemLines(runbook, paint),
  ];
  return `${lines.join('\n')}\n`;
}

function summaryOf(runbook: Runbook): string {
  const { metadata } = runbook;
  return [
    counted(runbook.procedures.length, 'procedure'),
    counted(runbook.blocks.length, 'code block'),
    ...(metadata.owner ? [`owned by ${metadata.owner}`] : []),
    ...(metadata.version ? [`version ${metadata.version}`] : []),
    ...(metadata.lastUpdated ? [`updated ${metadata.lastUpdated}`] : []),
    ...(runbook.observeOnly ? ['only observes'] : []),
  ].join(' · ');
}

function procedureLines(procedure: Procedure, paint: Paint): string[] {
  const { metadata } = procedure;
  const facts = [
    metadata.schedule,
    metadata.duration,
    metadata.riskLevel && `risk: ${metadata.riskLevel}`,
    metadata.authorization && `authorized by ${metadata.authorization}`,
  ];
  return [
    '',
    `  ${paint(36, procedure.kind.padEnd(13))}${paint(
      1,
      procedure.title,
    )}  ${paint(90, `line ${procedure.line}`)}`,
    ...about('when', facts.filter(Boolean).join(' · ')),
    ...about('symptoms', procedure.symptoms.join('; ')),
    ...about('before', procedure.prerequisites.join('; ')),
    ...about('needs', procedure.parameters.map(parameterText).join(', ')),
    ...procedure.phases.flatMap(phase => [
      `    ${phase.title}${
        phase.role === phase.title.toLowerCase()
          ? ''
          : paint(90, `  (${phase.role})`)
      }`,
      ...phase.steps.flatMap(step => stepLines(step, paint)),
    ]),
    ...about('done when', procedure.successCriteria.join('; ')),
  ];
}

function about(word: string, text: string): string[] {
  return text === '' ? [] : [`    ${word.padEnd(10)}${shortened(text, 140)}`];
}

function parameterText(parameter: Parameter): string {
  return parameter.default === undefined
    ? `${parameter.name} (${parameter.type})`
    : `${parameter.name}=${parameter.default}`;
}

function stepLines(step: Step, paint: Paint): string[] {
  const number = step.id.slice(step.id.lastIndexOf('/') + 1).padEnd(6);
  const title = [
    step.alternative ? `${step.alternative.label}: ` : '',
    step.condition && !step.title.startsWith(step.condition)
      ? `${step.condition}: `
      : '',
    step.title,
  ].join('');
  const what =
    step.type === 'command'
      ? paint(COLOURS[step.effect], step.effect.padEnd(12))
      : paint(90, step.type.padEnd(12));
  return [
    `      ${number}${shortened(title, TITLE_WIDTH).padEnd(
      TITLE_WIDTH,
    )}  ${what}${paint(90, String(step.line))}`,
    ...(step.manualBecause
      ? [
          `            ${paint(
            90,
            `by hand: ${shortened(step.manualBecause, 100)}`,
          )}`,
        ]
      : []),
  ];
}

function factLines(runbook: Runbook, paint: Paint): string[] {
  const counts = [
    counted(runbook.alerts.length, 'alert'),
    counted(runbook.severities.length, 'severity', 'severities'),
    counted(runbook.contacts.length, 'contact'),
    counted(runbook.escalation.length, 'escalation level'),
    counted(runbook.rotations.length, 'rotation'),
    counted(runbook.channels.length, 'channel'),
    counted(runbook.dashboards.length, 'dashboard'),
  ].filter(text => !text.startsWith('no '));
  return counts.length === 0 ? [] : ['', `  ${paint(90, counts.join(' · '))}`];
}

function problemLines(runbook: Runbook, paint: Paint): string[] {
  const worth = runbook.problems.filter(({ severity }) => severity !== 'note');
  if (worth.length === 0) return [];
  return [
    '',
    ...worth.map(
      problem =>
        `  ${paint(
          problem.severity === 'error' ? 31 : 33,
          problem.severity,
        )} line ${problem.line}: ${problem.message}`,
    ),
  ];
}

function counted(count: number, one: string, many = `${one}s`): string {
  if (count === 0) return `no ${many}`;
  return `${count} ${count === 1 ? one : many}`;
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

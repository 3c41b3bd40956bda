import type {
  Block,
  Parameter,
  Phase,
  Procedure,
  Runbook,
  Step,
} from '@backstage-runbooks/plugin-runbooks-common';

/**
 * A runbook as `runbooks read --format json` prints it. Every `line` is a line of the document, from 1; `interactive`
 * is null where nothing waits for a person.
 */
export function runbookJson(runbook: Runbook) {
  return {
    path: runbook.path,
    title: runbook.title,
    metadata: runbook.metadata,
    observeOnly: runbook.observeOnly,
    procedures: runbook.procedures.map(procedureJson),
    blocks: runbook.blocks.map(blockJson),
    contacts: runbook.contacts,
    escalation: runbook.escalation,
    rotations: runbook.rotations,
    channels: runbook.channels,
    alerts: runbook.alerts,
    severities: runbook.severities,
    thresholds: runbook.thresholds,
    dashboards: runbook.dashboards,
    problems: runbook.problems,
  };
}

function procedureJson(procedure: Procedure) {
  return {
    id: procedure.id,
    title: procedure.title,
    kind: procedure.kind,
    line: procedure.line,
    context: procedure.context,
    summary: procedure.summary ?? null,
    observeOnly: procedure.observeOnly,
    metadata: procedure.metadata,
    symptoms: procedure.symptoms,
    parameters: procedure.parameters.map(parameterJson),
    prerequisites: procedure.prerequisites,
    successCriteria: procedure.successCriteria,
    rollbackProcedureId: procedure.rollbackProcedureId ?? null,
    phases: procedure.phases.map(phaseJson),
  };
}

function parameterJson(parameter: Parameter) {
  const { name, label, type, required, suggestions, secret, written, line } =
    parameter;
  return {
    name,
    label,
    type,
    required,
    default: parameter.default ?? null,
    suggestions,
    secret,
    written,
    line,
    usedBy: parameter.usedBy,
  };
}

function phaseJson(phase: Phase) {
  return {
    role: phase.role,
    title: phase.title,
    line: phase.line,
    steps: phase.steps.map(stepJson),
  };
}

function stepJson(step: Step) {
  return {
    id: step.id,
    title: step.title,
    type: step.type,
    line: step.line,
    block: step.block ?? null,
    text: step.text,
    effect: step.effect,
    because: step.because,
    secrets: step.secrets ?? false,
    interactive: step.interactive ?? null,
    parameters: step.parameters,
    commands: step.commands.map(({ text, line, effect, because }) => ({
      text,
      line: step.line + line - 1,
      effect,
      because,
    })),
    expectation: step.expectation ?? null,
    condition: step.condition ?? null,
    alternative: step.alternative ?? null,
    manualBecause: step.manualBecause ?? null,
    note: step.note ?? null,
  };
}

function blockJson(block: Block) {
  return {
    index: block.index,
    line: block.line,
    language: block.language,
    shell: block.shell,
    effect: block.effect,
    because: block.because,
    parameters: block.parameters,
    interactive: block.interactive ?? null,
  };
}

import { setTimeout as delay } from 'node:timers/promises';

const STEP_TIMEOUT_MS = 90_000;
const LOOK_AGAIN_MS = 500;

/**
 * Plans and starts a procedure, runs its first step, and has its second approved by another person and run.
 *
 * @param requester and `approver`: the app as each of the two sees it
 * @returns what the first step printed
 * @throws when anything is refused or does not succeed
 */
export async function driveRun({
  requester,
  approver,
  entity,
  title,
  parameters,
}) {
  const procedure = await findProcedure(requester, entity, title);
  const request = {
    entityRef: procedure.entityRef,
    runbookId: procedure.runbook.id,
    procedureId: procedure.procedure.id,
    parameters,
  };
  const planned = await requester.told('runbooks/plans', request);
  if (planned.kind === 'refused') {
    throw new Error(planned.problems.map(({ message }) => message).join('; '));
  }
  const { run } = await requester.told('runbooks/runs', {
    ...request,
    planDigest: planned.plan.digest,
  });
  const [read, change] = run.plan.steps;
  const command = (person, body) =>
    person.told(`runbooks/runs/${run.id}/commands`, body);

  await command(requester, { kind: 'run-step', stepId: read.id });
  await untilSucceeded(requester, run.id, read);

  await command(requester, { kind: 'request-approval', stepId: change.id });
  const asked = await requester.told(`runbooks/runs/${run.id}`);
  const approve = {
    kind: 'approve',
    stepId: change.id,
    digest: asked.run.steps[change.id].request.digest,
  };
  const own = await requester.ask(`runbooks/runs/${run.id}/commands`, approve);
  if (own.status !== 403) {
    throw new Error(`approving one's own step answered ${own.status}`);
  }
  await command(approver, approve);
  await untilSucceeded(requester, run.id, change);
  await command(requester, { kind: 'finish', outcome: 'succeeded' });
}

/** A procedure of a component by its title. @throws with the titles that there are */
export async function findProcedure(person, entity, title) {
  const base = `runbooks/entities/component/default/${entity}/runbooks`;
  const { runbooks } = await person.told(base);
  for (const runbook of runbooks) {
    const found = runbook.procedures.find(one => one.title === title);
    if (found) {
      return person.told(
        `${base}/${runbook.id}/procedures/${encodeURIComponent(found.id)}`,
      );
    }
  }
  throw new Error(
    `${entity} has no procedure '${title}'; it has ${JSON.stringify(
      runbooks.flatMap(({ procedures }) => procedures.map(one => one.title)),
    )}`,
  );
}

async function untilSucceeded(person, runId, step) {
  const giveUpAt = Date.now() + STEP_TIMEOUT_MS;
  for (;;) {
    const { run } = await person.told(`runbooks/runs/${runId}`);
    const state = run.steps[step.id];
    if (state.status === 'succeeded') return;
    if (
      ['failed', 'interrupted'].includes(state.status) ||
      state.returnedBecause
    ) {
      const output = await person.ask(
        `runbooks/runs/${runId}/steps/${step.id}/output`,
      );
      throw new Error(
        `'${step.title}' did not succeed: ${JSON.stringify(
          state,
        )}\n${JSON.stringify(output.body)}`,
      );
    }
    if (Date.now() > giveUpAt) {
      throw new Error(
        `'${step.title}' has not ended: ${JSON.stringify(state)}`,
      );
    }
    await delay(LOOK_AGAIN_MS);
  }
}

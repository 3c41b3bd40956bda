import { parseEntityRef } from '@backstage/catalog-model';
import {
  bindStep,
  createRedactor,
  digestOf,
  entitiesWritten,
  namespacesWritten,
      this.#scopes.now(plan.entityRef, plan.cluster),
    ]);
    const hidden = [
      ...Object.values(secrets),
      ...learned,
      ...(await manifestSecrets(view.directory)),
    ];
    const shownPath = this.#shownPaths(run, hidden);
    const reader = new WorkspaceReader(view.directory);
    const changes = new Map(view.changes.map(file => [file.path, file]));
    const differences = new FileDifferences(hidden);
    const reached: ShownDifference[] = [];
    const bound = bindStep({
      plan,
      step,
      left: {
        variables: this.#variables(run, view.carried, hidden),
        files: view.changes.map(({ path, change, digest }) => ({
          path,
          change,
          ...(digest === undefined ? {} : { digest }),
        })),
      },
      differenceOf: path => {
        const file = changes.get(path);
        if (!file) return { whole: false };
        const shown = differences.of({ ...file, path: shownPath(path) });
        reached.push(shown);
        const changedBy = plan.steps.find(({ id }) => id === file.changedBy);
        return {
          whole: shown.whole,
          ...(changedBy ? { changedBy: changedBy.title } : {}),
        };
      },
      secretDigests: Object.fromEntries(
        Object.entries(secrets).map(([name, value]) => [
          name,
          this.#keyed(run, `parameter ${name}`, value),
        ]),
      ),
      fileText: file => reader.text(file),
      realPath: file => reader.realPath(file),
      folders: [view.carried.workingDirectory],
      shownPath,
      inventory,
      approvedBy: verdict => approversFor(run, verdict, present),
      typed: parseEntityRef(plan.entityRef).name,
    });
    return {
      binding: withinScope(
        withWaiting(step, bound, view.carried),
        outsideNow(plan.scope, scope),
      ),
      differences: reached.map(({ difference }) => difference),
    };
  }

  #variables(
    run: Run,
    carried: CarriedState,
    hidden: readonly string[],
  ): StepInputs['variables'] {
    return Object.entries(carried.variables).map(
      ([name, { value, exported }]) => {
        const variable = looksSecret(name, value, hidden)
          ? {
              name,
              secret: true as const,
              keyedDigest: this.#keyed(run, `variable ${name}`, value),
            }
          : { name, value };
        return exported ? { ...variable, exported } : variable;
      },
    );
  }

  /** A path that holds a secret value is told by what is left of it, and told apart by a keyed digest. */
  #shownPaths(run: Run, hidden: readonly string[]): (path: string) => string {
    const { hide } = hiding(hidden);
    return path => {
      const shown = hide(path);
      return shown === path
        ? path
        : `${shown} (${this.#keyed(run, 'path', path).slice(0, 8)})`;
    };
  }

  #keyed(run: Run, what: string, value: string): string {
    return this.#box.keyedDigest(value, `${run.id} ${what}`);
  }
}

/** A step whose run was planned with more than it would get now does not run, and no approval of it holds. */
function withinScope(
  binding: StepBinding,
  outside: string | undefined,
): StepBinding {
  if (outside === undefined) return binding;
  const impossible = `${outside}; start it anew`;
  return {
    ...binding,
    verdict: { ...binding.verdict, impossible },
    requires: { kind: 'nothing' },
    digest: digestOf({ digest: binding.digest, impossible }),
  };
}

/** A step that was planned to wait for variables of earlier steps waits as long as one of them has no value. */
function withWaiting(
  step: PlannedStep,
  binding: StepBinding,
  carried: CarriedState,
): StepBinding {
  if (step.requires.kind !== 'later') return binding;
  const open = step.requires.variables.filter(
    name => !Object.hasOwn(carried.variables, name),
  );
  return open.length === 0
    ? binding
    : { ...binding, verdict: { ...binding.verdict, open } };
}

function approversFor(
  { plan }: Run,
  { writes, secrets }: StepVerdict,
  present: readonly EntityInNamespace[],
) {
  return entitiesWritten({
    entityRef: plan.entityRef,
    writes,
    secrets,
    scope: plan.scope,
    namespace: plan.namespace,
    present,
  });
}

function looksSecret(
  name: string,
  value: string,
  hidden: readonly string[],
): boolean {
  const redactor = createRedactor({ secrets: hidden });
  const text = `${name}=${value}\n`;
  return redactor.push(text) + redactor.flush() !== text;
}

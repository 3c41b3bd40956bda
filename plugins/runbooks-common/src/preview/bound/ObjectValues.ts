import { isTree, type Tree } from '../../gateway/trees';
import { membersNamed, own } from '../listMembers';
import type { PlaceStep } from '../place';

/** What stands at places of one object. Each list is looked through once, however many of its members are asked for. */
export class ObjectValues {
  private readonly members = new Map<
    readonly unknown[],
    Map<string, Map<string, Tree>>
  >();

  constructor(private readonly object: Tree | undefined) {}

  /** Undefined where nothing stands there. */
  at(steps: readonly PlaceStep[]): unknown {
    let value: unknown = this.object;
    for (const step of steps) value = this.stepInto(value, step);
    return value;
  }

  private stepInto(value: unknown, step: PlaceStep): unknown {
    if (typeof step === 'string') {
      return isTree(value) ? own(value, step) : undefined;
    }
    if (!Array.isArray(value) || step === null) return undefined;
    return typeof step === 'number'
      ? value[step]
      : this.membersOf(value, step.by).get(step.name);
  }

  private membersOf(
    list: readonly unknown[],
    by: readonly string[],
  ): Map<string, Tree> {
    const known =
      this.members.get(list) ?? new Map<string, Map<string, Tree>>();
    this.members.set(list, known);
    const key = by.join();
    const members = known.get(key) ?? membersNamed(by, list);
    known.set(key, members);
    return members;
  }
}

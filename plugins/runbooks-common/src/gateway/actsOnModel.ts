/**
 * Upon what in its namespace a write acts besides the object that it writes.
 *
 * - `object`: what it scales, routes to, mounts or belongs to.
 * - `pods-of`: a workload whose pods it takes as they are: for a Service, or for a job that is run once more.
 * - `pods`: whatever finds pods, or what is adopted, by these labels. With `isPart` by more that are not known.
 * - `selected`: the pods that have these labels. With `isPart` there are others that are not known.
 * - `host`: a name whose traffic it takes.
 * - `claims`: the claims `TEMPLATE-SET-NUMBER` that a StatefulSet takes by their names, or may once it has more replicas.
 *   Without templates those of the set that is there.
 * - `everybody`: anything there.
 *
 * @public
 */
export type ActsOn =
  | {
      kind: 'object' | 'pods-of';
      group: string;
      resource: string;
      name: string;
    }
  | {
      kind: 'pods' | 'selected';
      labels: Record<string, string>;
      isPart?: true;
    }
  | { kind: 'host'; name: string }
  | { kind: 'claims'; set: string; templates?: string[] }
  | { kind: 'everybody' };

import type { Options } from './options';
import { isUnknown, type Verdict } from './verdict';

/** Options with which manifests are built from files and from what helm prints, and kubectl's own. */
const BUILDS = new Set(
  (
    'o output load-restrictor reorder enable-helm helm-api-versions helm-kube-version stack-trace n namespace context ' +
    'request-timeout v'
  ).split(' '),
);

/** What building manifests is where an option may have kustomize start programs that a kustomization names. */
export function startedByKustomize(options: Options): Verdict | undefined {
  const other = options.given.find(one => !BUILDS.has(one.name));
  return other
    ? isUnknown(
        `builds manifests with "${other.name.length > 1 ? '--' : '-'}${
          other.name
        }", by which kustomize may start other programs`,
      )
    : undefined;
}

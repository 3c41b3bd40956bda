import {
  REVISION_ANNOTATION,
  type ClusterObject,
} from '@backstage-runbooks/plugin-runbooks-common';

/** An object as it arrives: health reads a part of each of these. */
interface RawObject extends ClusterObject {
  spec?: Record<string, unknown>;
  status?: unknown;
  endpoints?: unknown;
}

/**
 * What health reads of an object, and nothing else: a replica holds thousands of objects, and managed fields,
 * annotations, environments and volumes of containers are most of their size. Values of environment variables, which
 * may be secret, are not kept at all.
 */
export function trimObject(kind: string, object: RawObject): ClusterObject {
  const { metadata = {}, spec, status, endpoints } = object;
  const trimmed: RawObject = {
    kind,
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      uid: metadata.uid,
      generation: metadata.generation,
      labels: metadata.labels,
      ...trimAnnotations(metadata.annotations),
      ownerReferences: metadata.ownerReferences?.map(
        ({ uid, kind: ownerKind, name, controller }) => ({
          uid,
          kind: ownerKind,
          name,
          controller,
        }),
      ),
      creationTimestamp: metadata.creationTimestamp,
      deletionTimestamp: metadata.deletionTimestamp,
    },
  };
  if (spec) trimmed.spec = trimSpec(kind, spec);
  if (status !== undefined) trimmed.status = status;
  if (endpoints !== undefined) trimmed.endpoints = trimEndpoints(endpoints);
  return trimmed;
}

function trimAnnotations(annotations: Record<string, string> = {}) {
  const revision = annotations[REVISION_ANNOTATION];
  return revision === undefined
    ? {}
    : { annotations: { [REVISION_ANNOTATION]: revision } };
}

function trimSpec(
  kind: string,
  spec: Record<string, unknown>,
): Record<string, unknown> {
  if (kind === 'Pod') return trimPodSpec(spec);
  // A CronJob has its pods' template inside a job template, which nobody reads.
  const { template, jobTemplate, ...rest } = spec;
  return isRecord(template)
    ? { ...rest, template: trimTemplate(template) }
    : rest;
}

function trimTemplate(template: Record<string, unknown>) {
  const { metadata, spec } = template;
  return {
    metadata: isRecord(metadata) ? { labels: metadata.labels } : undefined,
    spec: isRecord(spec) ? trimPodSpec(spec) : undefined,
  };
}

function trimPodSpec(spec: Record<string, unknown>): Record<string, unknown> {
  return {
    restartPolicy: spec.restartPolicy,
    containers: trimContainers(spec.containers),
    initContainers: trimContainers(spec.initContainers),
    volumes: Array.isArray(spec.volumes)
      ? spec.volumes.filter(
          volume => isRecord(volume) && volume.persistentVolumeClaim,
        )
      : undefined,
  };
}

function trimContainers(containers: unknown): unknown {
  if (!Array.isArray(containers)) return undefined;
  return containers
    .filter(isRecord)
    .map(({ name, image, restartPolicy, readinessProbe, startupProbe }) => ({
      name,
      image,
      restartPolicy,
      readinessProbe,
      startupProbe,
    }));
}

function trimEndpoints(endpoints: unknown): unknown {
  return Array.isArray(endpoints)
    ? endpoints.filter(isRecord).map(({ conditions }) => ({ conditions }))
    : endpoints;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

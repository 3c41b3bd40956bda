import type { Instant } from '../time';

/**
 * How well a need of the plugin is met.
 *
 * - `ready`: nothing to do.
 * - `limited`: it works, and something is not as it should be in production, or only part of it works.
 * - `missing`: what needs it does not work.
 *
 * @public
 */
export type SetupState = 'ready' | 'limited' | 'missing';

/** One thing of a need: a cluster, a program. @public */
export interface SetupItem {
  name: string;
  state: SetupState;
  version?: string;
  says?: string;
}

/** What mends a need. @public */
export interface SetupRemedy {
  kind: 'configuration' | 'command' | 'code';
  text: string;
}

/** Something that the plugin needs for one of its features, as it is on this backend now. @public */
export interface SetupNeed {
  id:
    | 'database'
    | 'keys'
    | 'executor'
    | 'clusters'
    | 'scopes'
    | 'permissions'
    | 'notifications';
  title: string;
  /** What does not work without it. */
  serves: string;
  state: SetupState;
  says: string;
  items: SetupItem[];
  remedy?: SetupRemedy;
}

/** All needs, as they were at a moment. @public */
export interface SetupReport {
  needs: SetupNeed[];
  at: Instant;
}

/** What was found out about a backend. Nothing in it is secret; paths of the host are. @public */
export interface SetupFacts {
  database:
    | { kind: 'open'; version: string }
    | { kind: 'closed'; because: string; snippet?: string };
  /** `made`: one of this machine, as development makes it. */
  keys: {
    encryption: 'configured' | 'made' | 'missing' | 'wrong';
    signing: 'configured' | 'made' | 'missing' | 'wrong';
    /** What is wrong, with the key and what is expected. */
    problem?: string;
  };
  executor: {
    id: string;
    unavailable?: string;
    notice?: string;
    tools: ReadonlyArray<{ name: string; version?: string; problem?: string }>;
  };
  clusters:
    | { kind: 'none'; because: string }
    | { kind: 'some'; clusters: readonly ClusterFacts[] };
  /** Names under `runbooks.clusters` that no cluster has which the kubernetes plugin knows. */
  unknownClusters: readonly string[];
  scopes: {
    rules: number;
    confirmedByNamespaces: boolean;
    trustCatalog: boolean;
  };
  permissions: { enabled: boolean; allowsEverybodyAll: boolean };
  /** Whether the notifications plugin is installed in this process. */
  hasNotifications: boolean;
}

/** What a trial call to a cluster found. @public */
export interface ClusterFacts {
  name: string;
  version?: string;
  /** Why there is no answer: no credential, no connection, refused. */
  unreachable?: string;
  /** Kinds that health reads and that may not be read there. */
  notPermitted: readonly string[];
  /** Runs reach it with a credential of their own, not with the one of the kubernetes plugin. */
  hasRunCredential: boolean;
  /** Why the credential of runs does not work. */
  runsUnreachable?: string;
  /** What the account of runs may do; missing where it could not be asked. */
  runRights?: RunRights;
}

/** What the API server says of the account of runs. @public */
export interface RunRights {
  /** What most runs need and it may not do: "delete pods in payments". */
  missing: readonly string[];
  /** It may do everything in the cluster. */
  all: boolean;
}

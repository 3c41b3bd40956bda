export interface Config {
  runbooks?: {
    /** Where runbooks may be read from. */
    sources?: {
      /**
       * Folders on the backend's disk below which entities with a `file:` location may have runbooks. Relative to
       * the backend's working directory. None by default.
       */
      localRoots?: string[];
      /**
       * What documents (runbooks, on-call files, workspaces) may be read from besides the repository and branch that
       * the entity itself came from. The portal reads with the rights of its integrations, so that everybody who can
       * see such an entity can read what is allowed here.
       */
      allow?: Array<{
        /**
         * A repository (`https://github.com/acme/runbooks/`, any branch), a folder or file of one branch
         * (`https://github.com/acme/runbooks/tree/main/shared`), all repositories of an owner
         * (`https://github.com/acme/*`), or a folder below `localRoots` (`file:../../shared`).
         */
        location: string;
        /**
         * For which entities; for all where it is missing. A filter predicate as the catalog's rules use them. Authors
         * write most of an entity themselves: kind, namespace and name, and the annotation
         * `backstage.io/managed-by-location` are what the catalog vouches for.
         */
        entities?: object;
      }>;
      /**
       * What was read from a repository is asked for again after this long, by its etag. 60 by default. A failure is
       * remembered for a minute.
       */
      refreshAfterSeconds?: number;
    };

    /** Facts about clusters of the kubernetes plugin, by their name there. */
    clusters?: {
      [name: string]: {
        /** As people read it; the kubernetes plugin's title by default. */
        title?: string;
        /** Its nodes are simulated: the page says that what its pods answer is not real. */
        simulatedNodes?: boolean;
        /** A text file that is shown while the cluster cannot be reached, for example during maintenance. */
        noticeFile?: string;
        /**
         * The token of a service account that runs reach the cluster with. Give the kubernetes plugin one that only
         * reads: whoever has the permission `kubernetes.proxy` acts with that plugin's credential, past the gateway. The
         * credential of the kubernetes plugin is used where this is missing.
         * @visibility secret
         */
        serviceAccountToken?: string;
        /** The same from a file, which is read anew for each request: a projected token may be rotated. */
        serviceAccountTokenFile?: string;
        /**
         * As whom the calls of runs reach the cluster; as the portal itself where it is missing. In the names,
         * `{entity}` (`component:default/payments`), `{kind}`, `{namespace}` and `{name}` stand for the entity of the
         * run. The portal's account needs the right to impersonate them; docs/kubernetes-access.md has it.
         */
        impersonate?: {
          /** For example `runbooks:{entity}`; `runbooks` by default. */
          user?: string;
          /** For example `runbooks:{namespace}`. */
          groups?: string[];
        };
      };
    };

    /** What steps run in. */
    executors?: {
      /** Runs steps on the backend's machine, in bubblewrap. */
      local?: {
        /**
         * A folder with kubectl, helm and other tools that comes first on a step's PATH. Without it steps use the
         * kubectl and helm that the backend itself finds on its PATH.
         */
        toolsDirectory?: string;
        /**
         * Where workspaces and sockets are made; a short path (75 bytes), because a socket's has at most 107. It must
         * belong to the user who runs the backend, or to root, and nobody else may write there.
         * `$XDG_STATE_HOME/backstage-runbooks` by default, else `~/.local/state/backstage-runbooks`, else
         * `backstage-runbooks-<user id>` in the folder for temporary files.
         */
        dataDirectory?: string;
      };
    };

    /** Only for the example of a policy, `@backstage-runbooks/plugin-runbooks-backend/policy-example`. */
    policyExample?: {
      /**
       * Who sees the set-up page, exports the evidence of all runs and stops all changes: `group:default/platform`.
       * Nobody by default.
       */
      operators?: string[];
    };

    /**
     * Where runs may write and read Secrets. The first of three sources that has an answer decides: the first rule that
     * speaks of the entity and the cluster, then the cluster itself (`confirmedBy`), then the catalog (`trustCatalog`).
     * With none of them a run that changes something, or that reads Secrets, is refused before it starts, with the
     * lines to add.
     */
    scopes?: {
      /** Decided by the operator: the first that speaks of the entity and the cluster holds. None by default. */
      rules?: Array<{
        /** Shown with every run that it decides for. */
        name: string;
        /**
         * Entities that it speaks of: each key that is given must fit, and of each list one value. `owners` and `refs`
         * make it sure whose entities they are; anybody may write any system, domain or tag into a card, so that with
         * those alone more people are asked to approve.
         */
        entities: {
          /** References such as `component:default/payments`. */
          refs?: string[];
          /** Kinds, such as `Component`. */
          kinds?: string[];
          /** Systems that they are part of; `payments` is `system:default/payments`. */
          systems?: string[];
          /** Domains that they, or their systems, are part of. */
          domains?: string[];
          /** Groups or users that own them; `payments` is `group:default/payments`. */
          owners?: string[];
          /** Tags that they carry. */
          tags?: string[];
        };
        /** Names of clusters; any by default. */
        clusters?: string[];
        /** Names of namespaces; there is no `*`. */
        namespaces?: string[];
        /** How far ordinary reads go: everywhere, or in these namespaces. `cluster` by default. */
        reads?: 'cluster' | 'namespaces';
        /**
         * What lies outside of these namespaces, or is in no scope by itself: rights, credentials, kinds without a
         * namespace.
         */
        grants?: Array<{
          /** RBAC verbs, `connect` for exec and its like; there is no `*`. */
          verbs: string[];
          /** The core group by default. */
          group?: string;
          /** In the plural, as in RBAC: `deployments`, `deployments/scale`. */
          resource: string;
          /** Missing for kinds without a namespace. */
          namespace?: string;
          /** Exact names; `*` for any. */
          names: string[];
        }>;
      }>;
      /**
       * A namespace whose annotation `backstage-runbooks.io/owner` names an owner of the entity is in its scope. The
       * plugin's account needs the right to get namespaces.
       */
      confirmedBy?: 'namespace-annotation';
      /**
       * Believe the namespaces that entities name in the catalog. Anybody who can register an entity can write any
       * namespace into it: for development, and where every card is reviewed. False by default.
       */
      trustCatalog?: boolean;
    };

    /** What keeps steps that change something from starting; what only reads goes on. */
    changes?: {
      /**
       * Stops all changes, with this as the reason. Whoever has the permission `runbooks.changes.stop` stops them and
       * lets them go on from the page of runs; what stands here holds until it is gone from the configuration.
       */
      stopped?: string;
      /**
       * Windows in which nothing is changed. A rollback goes on where its run has changed something already. None by
       * default.
       */
      freezes?: Array<{
        /** What people call it. */
        name: string;
        /** Why, shown with it. */
        because?: string;
        /** From this moment on, with its offset: `2026-12-18T18:00:00+01:00`. */
        from: string;
        /** Until before this moment. */
        until: string;
        /** For what these have, by the same keys as in `scopes.rules`; for everybody where it is missing. */
        entities?: {
          /** References such as `component:default/payments`. */
          refs?: string[];
          /** Kinds, such as `Component`. */
          kinds?: string[];
          /** Systems that they are part of. */
          systems?: string[];
          /** Domains that they, or their systems, are part of. */
          domains?: string[];
          /** Groups or users that own them. */
          owners?: string[];
          /** Tags that they carry. */
          tags?: string[];
        };
        /** Names of clusters; where it is missing also runs that need none. */
        clusters?: string[];
      }>;
    };

    /** How people are asked to approve. */
    approvals?: {
      /** Hours after which a request that nobody answered ends as denied. 24 by default. */
      expireAfterHours?: number;
    };

    /** Who is one person, and whose word about people counts. */
    identity?: {
      /**
       * Where a User entity says whose account it is, besides its mail address: two accounts of one person are one
       * person when a change needs a second. For example `metadata.annotations.example.com/employee-id`.
       */
      key?: string;
      /**
       * Where `catalog.rules` let registered locations have Groups and Users, anybody may write some. Then only those
       * count (for ownership, membership, on-call, and whose accounts are one person's) that come from a provider
       * which is no address and no file, from `catalog.locations`, or from one of these: an address, compared by whole
       * segments, of a repository with its branch (`https://github.com/acme/org/blob/main/`); `*` as the last segment
       * stands for one (`https://github.com/*`, the people of a github-org provider); or `file:` and a folder.
       */
      origins?: string[];
    };

    /** How steps run. */
    steps?: {
      /** How long a step may run before it is stopped, where it is not bounded by design. 900 by default. */
      timeoutSeconds?: number;
    };

    /** How much one person may have at once; more is refused with the status 429. */
    limits?: {
      /** Runs that are not finished. 50 by default. */
      openRunsPerPerson?: number;
      /** Steps that are queued or running, over all runs. 20 by default. */
      queuedStepsPerPerson?: number;
      /** Pages with a live view (a run, health), on each replica. 20 by default. */
      streamsPerPerson?: number;
      /** Approvals that are asked for within an hour: each one tells others. 100 by default. */
      approvalRequestsPerHour?: number;
    };

    /** How histories are sealed. */
    ledger?: {
      /**
       * The private ed25519 key, in PEM, that signs checkpoints of the histories ('openssl genpkey -algorithm
       * ed25519'). Required in production: no run starts without it. Exchange it at any time: checkpoints name their
       * key, and 'runbooks verify' takes several.
       *
       * @visibility secret
       */
      signingKey?: string;

      /**
       * Public keys that signed checkpoints before the current one: 64 hexadecimal digits or PEM each. A run's page
       * takes checkpoints of these for sealed, and GET /ledger/key lists them.
       */
      formerKeys?: string[];
    };

    /** How long runs are kept. */
    retention?: {
      /**
       * Finished runs are removed whole so many days after their end was sealed, with a signed note of what they said
       * last. They are kept for ever by default.
       */
      days?: number;
    };

    /**
     * 32 bytes in base64: encrypts secret parameters, carried variables and changed files while a run is open, and
     * makes the digests by which the portal knows the histories of runs for its own. Required in production. Exchange it
     * when no run is open.
     *
     * @visibility secret
     */
    encryptionKey?: string;
  };
}

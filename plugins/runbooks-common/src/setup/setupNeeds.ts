import type {
  ClusterFacts,
  SetupFacts,
  SetupItem,
  SetupNeed,
  SetupState,
} from './model';

/** Programs that steps of most runbooks use. */
const USUAL_TOOLS = ['kubectl', 'helm'];

/**
 * What the plugin needs, how well each is met, and what mends it; in the order in which an operator meets them.
 *
 * @public
 */
export function setupNeeds(facts: SetupFacts): SetupNeed[] {
  return [
    clustersNeed(facts),
    databaseNeed(facts),
    keysNeed(facts),
    executorNeed(facts),
    scopesNeed(facts),
    permissionsNeed(facts),
    notificationsNeed(facts),
  ];
}

function clustersNeed({ clusters, unknownClusters }: SetupFacts): SetupNeed {
  const need = {
    id: 'clusters' as const,
    title: 'Kubernetes clusters',
    serves: 'Live health, and every step that calls a cluster',
  };
  if (clusters.kind === 'none') {
    return {
      ...need,
      state: 'missing',
      says: `No cluster is known: ${clusters.because}`,
      items: unknownClusters.map(name => unknownItem(name, [])),
      remedy: {
        kind: 'configuration',
        text: `kubernetes:
  serviceLocatorMethod:
    type: multiTenant
  clusterLocatorMethods:
    - type: config
      clusters:
        - name: production
          url: \${K8S_URL}
          authProvider: serviceAccount
          serviceAccountToken: \${K8S_TOKEN}
          caData: \${K8S_CA_DATA}
`,
      },
    };
  }
  const known = clusters.clusters.map(clusterItem);
  const names = clusters.clusters.map(({ name }) => name);
  const items = [
    ...known,
    ...unknownClusters.map(name => unknownItem(name, names)),
  ];
  const sharing = clusters.clusters.find(one => !one.hasRunCredential);
  return {
    ...need,
    state: worst(items),
    says: countedWords(known, 'cluster', 'answers with the credential it has'),
    items,
    ...(sharing
      ? {
          remedy: {
            kind: 'configuration' as const,
            text: ownCredential(sharing.name),
          },
        }
      : {}),
  };
}

function ownCredential(cluster: string): string {
  return `# The kubernetes plugin's credential only reads; runs have one of their own
runbooks:
  clusters:
    ${JSON.stringify(cluster)}:
      serviceAccountToken: \${RUNBOOKS_RUNS_TOKEN}
`;
}

function unknownItem(name: string, known: readonly string[]): SetupItem {
  return {
    name,
    state: 'missing',
    says: `runbooks.clusters has settings for it, which nothing uses: the kubernetes plugin knows no cluster of that name; expected ${
      known.length === 0 ? 'one that it knows' : `one of ${known.join(', ')}`
    }`,
  };
}

function rightsWords({ runRights }: ClusterFacts): string[] {
  if (!runRights) return [];
  const { missing, all } = runRights;
  return [
    ...(missing.length === 0
      ? []
      : [`the account of runs may not ${missing.join(', ')}`]),
    ...(all
      ? [
          'the account of runs may do everything in the cluster, also what no scope names; a role in each namespace of a scope is enough',
        ]
      : []),
  ];
}

function clusterItem(facts: ClusterFacts): SetupItem {
  const {
    name,
    version,
    unreachable,
    notPermitted,
    hasRunCredential,
    runsUnreachable,
  } = facts;
  if (unreachable !== undefined) {
    return { name, state: 'missing', says: unreachable };
  }
  const says = [
    ...(notPermitted.length === 0
      ? []
      : [`the account may not read ${notPermitted.join(', ')}`]),
    ...(runsUnreachable === undefined
      ? []
      : [`the credential of runs does not work: ${runsUnreachable}`]),
    ...rightsWords(facts),
    ...(hasRunCredential
      ? []
      : [
          'runs share the credential of the kubernetes plugin, with which whoever has the permission kubernetes.proxy acts past all that is decided here',
        ]),
  ].join('; ');
  return {
    name,
    state: says === '' ? 'ready' : 'limited',
    ...(version === undefined ? {} : { version }),
    ...(says === '' ? {} : { says }),
  };
}

function databaseNeed({ database }: SetupFacts): SetupNeed {
  const need = {
    id: 'database' as const,
    title: 'Database for runs',
    serves: 'Starting runs, their history and approvals',
    items: [],
  };
  return database.kind === 'open'
    ? { ...need, state: 'ready', says: database.version }
    : {
        ...need,
        state: 'missing',
        says: database.because,
        ...(database.snippet === undefined
          ? {}
          : {
              remedy: {
                kind: 'configuration' as const,
                text: database.snippet,
              },
            }),
      };
}

function keysNeed({ keys }: SetupFacts): SetupNeed {
  const items: SetupItem[] = [
    {
      name: 'runbooks.encryptionKey',
      ...keyWords(keys.encryption, 'secret values of runs are kept under it'),
    },
    {
      name: 'runbooks.ledger.signingKey',
      ...keyWords(keys.signing, 'histories are sealed with it'),
    },
  ];
  const state = keys.problem === undefined ? worst(items) : 'missing';
  return {
    id: 'keys',
    title: 'Keys',
    serves: 'Starting runs: their secret values and the seal of their history',
    state,
    says:
      keys.problem ??
      (state === 'ready'
        ? 'Both keys are configured'
        : 'Give both keys before this goes into production'),
    items,
    ...(state === 'ready'
      ? {}
      : {
          remedy: {
            kind: 'command' as const,
            text: `export RUNBOOKS_ENCRYPTION_KEY="$(openssl rand -base64 32)"
export RUNBOOKS_LEDGER_KEY="$(openssl genpkey -algorithm ed25519)"
# app-config.production.yaml:
#   runbooks:
#     encryptionKey: \${RUNBOOKS_ENCRYPTION_KEY}
#     ledger:
#       signingKey: \${RUNBOOKS_LEDGER_KEY}
`,
          },
        }),
  };
}

function keyWords(
  key: SetupFacts['keys']['signing'],
  purpose: string,
): Pick<SetupItem, 'state' | 'says'> {
  switch (key) {
    case 'configured':
      return { state: 'ready', says: `Configured; ${purpose}` };
    case 'made':
      return {
        state: 'limited',
        says: 'A key of this machine, for development only',
      };
    case 'missing':
      return { state: 'missing', says: 'Not configured' };
    default:
      return { state: 'missing', says: 'Not what is expected' };
  }
}

function executorNeed({ executor }: SetupFacts): SetupNeed {
  const need = {
    id: 'executor' as const,
    title: 'Executor of steps',
    serves: 'Running steps; without it runbooks are read and done by hand',
  };
  if (executor.unavailable !== undefined) {
    return {
      ...need,
      state: 'missing',
      says: executor.unavailable,
      items: [],
      remedy: { kind: 'command', text: 'apt-get install bubblewrap\n' },
    };
  }
  const items = [
    ...executor.tools.map(
      ({ name, version, problem }): SetupItem => ({
        name,
        state: problem === undefined ? 'ready' : 'limited',
        ...(version === undefined ? {} : { version }),
        ...(problem === undefined ? {} : { says: problem }),
      }),
    ),
    ...USUAL_TOOLS.filter(
      name => !executor.tools.some(tool => tool.name === name),
    ).map(
      (name): SetupItem => ({
        name,
        state: 'limited',
        says: 'Not found: steps that use it are done by hand',
      }),
    ),
  ];
  return {
    ...need,
    state: executor.notice === undefined ? worst(items) : 'limited',
    says: executor.notice ?? `Steps are run by the executor '${executor.id}'`,
    items,
  };
}

function scopesNeed({ scopes }: SetupFacts): SetupNeed {
  const { rules, confirmedByNamespaces, trustCatalog } = scopes;
  const need = {
    id: 'scopes' as const,
    title: 'Where runs may go',
    serves: 'Steps that change something or read Secrets',
    items: [],
  };
  const remedy = {
    kind: 'configuration' as const,
    text: `runbooks:
  scopes:
    rules:
      - name: Payments
        entities: { owners: [payments] }
        namespaces: [payments]
`,
  };
  const sources = [
    ...(rules === 0 ? [] : [`${rules} ${rules === 1 ? 'rule' : 'rules'}`]),
    ...(confirmedByNamespaces ? ["the namespaces' own annotation"] : []),
  ].join(', then ');
  if (trustCatalog) {
    const trusted =
      'whoever writes an entity decides which namespace its runs may change (runbooks.scopes.trustCatalog), which is for development only';
    return {
      ...need,
      state: 'limited',
      says: sources
        ? `${sources}; where they say nothing, ${trusted}`
        : `W${trusted.slice(1)}`,
      remedy,
    };
  }
  if (rules === 0 && !confirmedByNamespaces) {
    return {
      ...need,
      state: 'missing',
      says: 'No scope is configured: runs may look, and change nothing',
      remedy,
    };
  }
  return { ...need, state: 'ready', says: sources };
}

function permissionsNeed({ permissions }: SetupFacts): SetupNeed {
  const need = {
    id: 'permissions' as const,
    title: 'Permissions',
    serves: 'Deciding who may read, run and approve',
    items: [],
  };
  if (permissions.enabled && !permissions.allowsEverybodyAll) {
    return { ...need, state: 'ready', says: 'A permission policy decides' };
  }
  return {
    ...need,
    state: 'limited',
    says: `${
      permissions.enabled
        ? 'The installed policy allows everybody everything'
        : 'No permission policy decides (permission.enabled)'
    }: whoever is signed in sees every run and its output, and runs steps that read with the credential of the portal. Changes still need an owner's approval`,
    remedy: {
      kind: 'code',
      text: `// packages/backend/src/index.ts, in place of the policy that allows everything
backend.add(import('@backstage-runbooks/plugin-runbooks-backend/policy-example'));
`,
    },
  };
}

function notificationsNeed({ hasNotifications }: SetupFacts): SetupNeed {
  const need = {
    id: 'notifications' as const,
    title: 'Notifications',
    serves: 'Telling approvers that a step waits for them',
    items: [],
  };
  return hasNotifications
    ? { ...need, state: 'ready', says: 'The notifications plugin is installed' }
    : {
        ...need,
        state: 'limited',
        says: 'The notifications plugin is not installed: approvers find what waits under Approvals only',
        remedy: {
          kind: 'code',
          text: `// packages/backend/src/index.ts
backend.add(import('@backstage/plugin-notifications-backend'));
`,
        },
      };
}

function worst(items: readonly SetupItem[]): SetupState {
  if (items.length > 0 && items.every(({ state }) => state === 'missing')) {
    return 'missing';
  }
  return items.every(({ state }) => state === 'ready') ? 'ready' : 'limited';
}

function countedWords(
  items: readonly SetupItem[],
  what: string,
  does: string,
): string {
  const good = items.filter(({ state }) => state !== 'missing').length;
  return `${good} of ${items.length} ${what}${
    items.length === 1 ? '' : 's'
  } ${does}`;
}

import { readFile } from 'node:fs/promises';
import type { Config } from '@backstage/config';
import {
  impersonationProblem,
  type Impersonation,
} from '@backstage-runbooks/plugin-runbooks-common';

/** What the configuration says about a cluster: `runbooks.clusters.<name>`. */
export interface ClusterSettings {
  title?: string;
  /** Its nodes are simulated: nothing that its pods answer is real. */
  simulatedNodes: boolean;
  /** A file that says how far the cluster's start has come; empty or absent when it is up. */
  noticeFile?: string;
  /** As whom the gateway acts there; as the portal itself where it is missing. */
  impersonate?: Impersonation;
  /** What runs reach it with; the credential of the kubernetes plugin where it is missing. */
  credential?: RunCredential;
}

/** A token of a service account that nobody but the gateway has; from a file it is read anew for each request. */
export type RunCredential = { token: string } | { tokenFile: string };

/**
 * Reads `runbooks.clusters`. Throws with key, value and expectation where it is not as it has to be.
 *
 * Read as a whole, because names of clusters may hold dots, which are separators in keys of the configuration.
 */
export function readClusterSettings(
  config: Config,
): Map<string, ClusterSettings> {
  const clusters = config.getOptional('runbooks.clusters') ?? {};
  if (!isRecord(clusters)) {
    throw new Error(
      `The configuration has ${JSON.stringify(
        clusters,
      )} as 'runbooks.clusters'; expected settings by name of cluster`,
    );
  }
  return new Map(
    Object.entries(clusters).map(([name, settings]) => [
      name,
      readSettings(name, settings),
    ]),
  );
}

/** What the cluster says about its own start; undefined where it says nothing. */
export async function noticeOf(
  settings: ClusterSettings | undefined,
): Promise<string | undefined> {
  if (!settings?.noticeFile) return undefined;
  try {
    const text = await readFile(settings.noticeFile, 'utf8');
    return text.trim().slice(0, 500) || undefined;
  } catch {
    return undefined;
  }
}

function readSettings(name: string, settings: unknown): ClusterSettings {
  const key = `runbooks.clusters.${name}`;
  if (!isRecord(settings)) {
    throw new Error(
      `The configuration has ${JSON.stringify(
        settings,
      )} as '${key}'; expected an object`,
    );
  }
  const { title, simulatedNodes, noticeFile, impersonate } = settings;
  const credential = optionalCredential(key, settings);
  return {
    ...(credential ? { credential } : {}),
    title: optionalText(`${key}.title`, title),
    simulatedNodes: optionalBoolean(`${key}.simulatedNodes`, simulatedNodes),
    noticeFile: optionalText(`${key}.noticeFile`, noticeFile),
    impersonate: optionalImpersonation(`${key}.impersonate`, impersonate),
  };
}

/** @throws without the value: it is a secret */
function optionalCredential(
  key: string,
  {
    serviceAccountToken: token,
    serviceAccountTokenFile: file,
  }: Record<string, unknown>,
): RunCredential | undefined {
  if (token === undefined && file === undefined) return undefined;
  if (token !== undefined && file !== undefined) {
    throw new Error(
      `The configuration has both '${key}.serviceAccountToken' and '${key}.serviceAccountTokenFile'; expected one of them`,
    );
  }
  const value = token ?? file;
  if (typeof value !== 'string' || value.trim() === '') {
    throw new Error(
      `The configuration has something else than a text as '${key}.serviceAccountToken${
        token === undefined ? 'File' : ''
      }'; expected ${
        token === undefined ? 'the path of a file with a token' : 'a token'
      }`,
    );
  }
  return token === undefined ? { tokenFile: value } : { token: value.trim() };
}

function optionalImpersonation(
  key: string,
  value: unknown,
): Impersonation | undefined {
  if (value === undefined) return undefined;
  const known = ['user', 'groups'];
  const isKnown =
    isRecord(value) &&
    Object.keys(value).length > 0 &&
    Object.keys(value).every(item => known.includes(item));
  if (!isKnown) {
    throw new Error(
      `The configuration has ${JSON.stringify(
        value,
      )} as '${key}'; expected an object with 'user', 'groups' or both`,
    );
  }
  const { user, groups = [] } = value;
  if (!Array.isArray(groups)) {
    throw new Error(
      `The configuration has ${JSON.stringify(
        groups,
      )} as '${key}.groups'; expected a list of names`,
    );
  }
  return {
    ...(user === undefined ? {} : { user: template(`${key}.user`, user) }),
    groups: groups.map((group, index) =>
      template(`${key}.groups[${index}]`, group),
    ),
  };
}

function template(key: string, value: unknown): string {
  const problem =
    typeof value === 'string' ? impersonationProblem(value) : 'is not a text';
  if (typeof value === 'string' && problem === undefined) return value;
  throw new Error(
    `The configuration has ${JSON.stringify(
      value,
    )} as '${key}', which ${problem}; expected a name such as 'runbooks:{entity}'`,
  );
}

function optionalText(key: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new Error(
    `The configuration has ${JSON.stringify(
      value,
    )} as '${key}'; expected a text`,
  );
}

function optionalBoolean(key: string, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value === 'boolean') return value;
  throw new Error(
    `The configuration has ${JSON.stringify(
      value,
    )} as '${key}'; expected true or false`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

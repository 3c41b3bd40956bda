import { thirdPerson } from '../inWords';
import { endless, needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import {
  changes,
  changesFiles,
  destroys,
  isLocal,
  isUnknown,
  reads,
} from '../verdict';
import { judgeQuery } from '../databases/sqlClient';
import { DESTROY_VERB, findVerb, leadingWords, says } from './cloudVerbs';
import { gsutil } from './gsutil';

const GCLOUD_VALUES =
  'project account configuration format filter limit sort-by page-size verbosity zone region location flags-file billing-project impersonate-service-account access-token-file trace-token cluster';

const GCLOUD_READ =
  /^(list|describe|get|get-value|get-credentials|get-iam-policy|read|tail|list-.*|get-.*|search|lookup|diff|validate|check|wait|history|info|help|version|topic|query|test-iam-permissions|print-.*|show|explain|export_|tree|logs)$/;

const gcloud: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: GCLOUD_VALUES });
  if (isOn(options, 'help', 'version') || options.operands.length === 0)
    return isLocal('shows the help of gcloud');
  const words = options.operands;
  if (words[0].certainty !== 'exact')
    return isUnknown('what gcloud is told to do is not known');
  const groups = words
    .filter(one => one.certainty === 'exact')
    .map(one => one.value);
  const line = groups.join(' ');
  const named = says(words, scene);
  if (/^auth (application-default )?(print-|describe)/.test(line))
    return reads('prints a token', { secrets: true });
  if (/^auth (configure-docker|activate-service-account)/.test(line))
    return changesFiles('changes how one logs in');
  if (/^auth (list)/.test(line)) return isLocal('lists accounts');
  if (/^auth\b/.test(line))
    return changesFiles('logs in', {
      interactive: needsTerminal('asks for a login in the browser'),
    });
  if (/^config\b/.test(line))
    return /^config (list|get|get-value|configurations (list|describe))/.test(
      line,
    )
      ? isLocal('shows settings of gcloud')
      : changesFiles('changes settings of gcloud');
  if (/^(alpha |beta )?container clusters get-credentials/.test(line))
    return changesFiles('writes a kubeconfig for a cluster');
  if (/^(alpha |beta )?secrets versions access/.test(line))
    return reads('reads a secret value', { secrets: true });
  if (/^(info|version|components list|topic|help|feedback)/.test(line))
    return isLocal('shows settings of gcloud');
  if (/^components\b/.test(line))
    return changesFiles('changes the gcloud tool');
  if (
    /^(alpha |beta )?compute (ssh|start-iap-tunnel|connect-to-serial-port)/.test(
      line,
    )
  ) {
    const command =
      options.value('command') ??
      parseOptions(call.args, { values: `${GCLOUD_VALUES} command` }).value(
        'command',
      );
    if (!command)
      return isUnknown(`opens ${named}`, {
        interactive: needsTerminal('opens a shell'),
      });
    scene.interpretsAgain(command, 'gcloud compute ssh');
    return command.spliced || command.certainty === 'words'
      ? isUnknown(`runs a command that is not known: ${named}`)
      : {
          ...scene.judgeText(command.value, {
            ...scene,
            where: 'there',
            place: 'on the machine',
            depth: scene.depth + 1,
          }),
          changesFiles: undefined,
        };
  }
  if (
    /^(alpha |beta )?storage (cp|mv|rm|rsync|ls|cat|du|hash|stat)\b/.test(line)
  )
    return gsutil(
      { ...call, args: call.args.filter(one => one.value !== 'storage') },
      scene,
    );
  if (/^(alpha |beta )?sql connect/.test(line))
    return isUnknown(`opens a database: gcloud ${named}`, {
      interactive: needsTerminal('waits for what a person types'),
    });
  const verb = findVerb(leadingWords(call, words).map(one => one.value));
  if (!verb) return isUnknown(`what gcloud ${named} does is not known`);
  if (
    /resize/.test(line) &&
    /(--num-nodes|--size)[= ]0\b/.test(
      call.args.map(one => one.value).join(' '),
    )
  )
    return destroys(
      `scales to nothing in Google Cloud, so that everything stops: ${named}`,
    );
  if (DESTROY_VERB.test(verb))
    return destroys(`${thirdPerson(verb)} in Google Cloud: ${named}`);
  if (/\b(logs|logging) tail\b/.test(line))
    return reads(`follows logs: ${named}`, {
      interactive: endless('follows logs until it is stopped'),
    });
  if (GCLOUD_READ.test(verb)) return reads(`asks Google Cloud: ${named}`);
  return changes(`${thirdPerson(verb)} in Google Cloud: ${named}`);
};

/** Google Cloud. */
export const googleTools: Record<string, ToolRule> = {
  gcloud,
  gsutil,
  bq: verbTool(
    'bq',
    {
      values:
        'project_id location format dataset_id max_rows destination_table n',
      flags: 'use_legacy_sql nouse_legacy_sql f force',
      after: (judged, options, _call, scene, verb) => {
        const sql = options.operands[1];
        if (verb !== 'query' || !sql) return judged;
        if (options.has('destination_table'))
          return changes('writes what a query finds into a table');
        scene.interpretsAgain(sql, 'SQL of BigQuery');
        return judgeQuery(sql, scene, 'BigQuery');
      },
    },
    `
read | ls, show, head, version, wait | looks at BigQuery
unknown | query | asks BigQuery
change | mk, load, cp, update, extract, insert | changes BigQuery: {names}
destructive | rm, cancel, truncate | deletes in BigQuery: {names}
`,
  ),
};

import { inWords } from '../inWords';
import { asks, endless, needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { ToolRule } from '../scene';
import {
  changes,
  changesFiles,
  destroys,
  isLocal,
  isUnknown,
  reads,
} from '../verdict';
import { READ_VERB, DESTROY_VERB } from './cloudVerbs';
import { judgeS3 } from './s3';

const AWS_VALUES =
  'profile region output endpoint-url query color ca-bundle cli-read-timeout cli-connect-timeout cli-binary-format page-size max-items starting-token';

const SOFT_DESTROY =
  /^(untag|disable-alarm-actions|disable-rule|deregister-targets|remove-tags|reboot|failover|disassociate|restore)(-|$)/;

const S3_VALUES =
  'acl storage-class exclude include sse sse-c sse-c-key sse-kms-key-id cache-control content-type content-encoding content-disposition content-language expires metadata metadata-directive grants website-redirect request-payer expected-size source-region expires-in copy-props checksum-algorithm';

/** The AWS command line. */
export const aws: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: AWS_VALUES });
  const [service, verb, ...rest] = options.operands;
  if (options.has('version')) return isLocal('shows the version of aws');
  if (
    !service ||
    isOn(options, 'help') ||
    verb?.value === 'help' ||
    service.value === 'help'
  )
    return isLocal('shows the help of aws');
  if (service.value === 'configure' && !verb)
    return changesFiles('changes settings of aws', {
      interactive: asks('asks for settings'),
    });
  if (service.certainty !== 'exact' || !verb || verb.certainty !== 'exact')
    return isUnknown('what aws is told to do is not known');
  const what = `${service.value} ${verb.value}`;
  const named = call.args
    .filter(one => one !== service && one !== verb)
    .map(one => scene.show(one.value))
    .join(' ')
    .slice(0, 120);
  if (isOn(options, 'dry-run') || isOn(options, 'dryrun'))
    return options.unclear
      ? isUnknown(`does aws ${what}`)
      : reads(`only rehearses aws ${what}`);
  switch (what) {
    case 'eks update-kubeconfig':
      return changesFiles('writes a kubeconfig for a cluster');
    case 'configure list':
    case 'configure get':
    case 'configure list-profiles':
      return isLocal('shows settings of aws');
    case 'sso login':
    case 'sso logout':
      return changesFiles('logs in at AWS', {
        interactive: needsTerminal('asks for a login in the browser'),
      });
    case 'secretsmanager get-secret-value':
    case 'secretsmanager batch-get-secret-value':
    case 'kms decrypt':
    case 'sts get-session-token':
    case 'sts assume-role':
    case 'sts assume-role-with-web-identity':
    case 'ecr get-login-password':
    case 'eks get-token':
    case 'ecr get-login':
    case 'ecr get-authorization-token':
    case 'rds generate-db-auth-token':
    case 'redshift get-cluster-credentials':
    case 'ec2 get-password-data':
    case 'codeartifact get-authorization-token':
    case 'iam create-access-key_':
      return reads(`reads a secret value: aws ${what}`, { secrets: true });
    case 'iam create-access-key':
    case 'secretsmanager create-secret':
    case 'iam create-login-profile':
      return changes(
        `${inWords(verb.value)} in AWS ${service.value}: ${named}`,
        { secrets: true },
      );
    case 'ssm get-parameter':
    case 'ssm get-parameters':
    case 'ssm get-parameters-by-path':
    case 'ssm get-parameter-history':
      return reads(
        `reads parameters: ${named}`,
        isOn(options, 'with-decryption') || options.unclear
          ? { secrets: true }
          : {},
      );
    case 'ssm start-session':
    case 'ecs execute-command':
    case 'ec2-instance-connect ssh':
      return isUnknown(`opens a session: aws ${what}`, {
        interactive: needsTerminal('opens a terminal'),
      });
    case 'elasticache test-failover':
    case 'rds failover-db-cluster':
      return changes(`makes a replica the primary: ${named}`);
    case 'ssm send-command':
    case 'lambda invoke':
    case 'lambda invoke-async':
      return isUnknown(
        `starts something whose effect is not known: aws ${what}`,
      );
    case 'logs tail':
      return reads(
        'reads logs',
        isOn(options, 'follow')
          ? {
              interactive: endless('follows logs until it is stopped'),
            }
          : {},
      );
    case 'logs start-query':
    case 'athena start-query-execution':
    case 'cloudformation detect-stack-drift':
    case 'cloudformation create-change-set':
    case 'ce get-cost-and-usage':
    case 'cloudtrail lookup-events':
      return what === 'athena start-query-execution' ||
        what.endsWith('change-set')
        ? changes(`${inWords(verb.value)} in AWS ${service.value}`)
        : reads(`asks AWS: ${what}`);
    case 'cloudformation deploy':
      return changes(`deploys a stack: ${named}`);
    case 'cloudformation package':
      return changes('packs a stack and uploads it');
    default:
  }
  if (service.value === 's3')
    return judgeS3(
      verb.value,
      parseOptions(call.args, {
        values: `${AWS_VALUES} ${S3_VALUES}`,
      }).operands.slice(2),
      options,
      scene,
      named,
    );
  if (/^configure$/.test(service.value))
    return changesFiles(
      `changes settings of aws (${verb.value})`,
      /^(set|import|add-model)$/.test(verb.value)
        ? {}
        : { interactive: asks('asks for settings') },
    );
  if (service.value === 's3api' && /^get-object$/.test(verb.value))
    return reads(`fetches an object of S3`, { changesFiles: true });
  if (/^(list|describe|get|head)-/.test(verb.value) && rest.length >= 0)
    return reads(`asks AWS: ${what} ${named}`);
  if (verb.value === 'wait' || verb.value === 'ls')
    return reads(`waits for ${named}`);
  if (DESTROY_VERB.test(verb.value)) {
    return SOFT_DESTROY.test(verb.value)
      ? changes(`${inWords(verb.value)} in AWS ${service.value}: ${named}`)
      : destroys(`${inWords(verb.value)} in AWS ${service.value}: ${named}`);
  }
  if (
    /desired-(size|capacity|count)[= ]*0\b|desiredSize=0\b|--desired-count 0\b/.test(
      named,
    )
  )
    return destroys(
      `scales to nothing in AWS ${service.value}, so that everything stops: ${named}`,
    );
  if (READ_VERB.test(verb.value)) return reads(`asks AWS: ${what} ${named}`);
  if (
    verb.value === 'update-table' ||
    /^(create|update|put|modify|set|start|attach|associate|enable|register|run|tag|add|import|copy|publish|send|upload|authorize|request|allocate|accept|change|rotate|restart|resume|suspend|promote|apply|increase|decrease|activate|provision|replace|rollback|switchover|sync|invoke|execute|complete|signal|continue|confirm|subscribe|merge|move|transfer|issue|renew|resize|scale|deploy|grant|retry|reject|reload|refresh|reboot|receive|resend|enter|exit|pause|unpause|record|notify|initiate|batch-write|transact-write|batch-execute|push|commit)(-|$)/.test(
      verb.value,
    )
  ) {
    return changes(`${inWords(verb.value)} in AWS ${service.value}: ${named}`);
  }
  return isUnknown(`what aws ${what} does is not known`);
};

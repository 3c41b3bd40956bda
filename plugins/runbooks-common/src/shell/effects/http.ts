import { GATEWAY_PORT } from '../../attempt/gatewayPort';
import type { Argument } from '../words';
import { type ApiRequest, writesOfRequest } from './apiRequest';
import { writesTo } from './paths';
import { isOn, type Options, parseOptions } from './options';
import type { Call, Scene, ToolRule } from './scene';
import {
  changes,
  combined,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from './verdict';
import { hasBehind } from '../../text';

const URL_PARTS =
  /^(?:https?:\/\/)?(?:[^/@?#]*@)?(?:\[[^\]]*\]|[^/:?#]*)(?::(\d+))?([/?][^#]*)?/i;

/** Options of curl that take a value. */
export const CURL_VALUES =
  'X request d data data-raw data-binary data-urlencode data-ascii json F form form-string H header u user o output ' +
  'T upload-file A user-agent b cookie c cookie-jar e referer E cert key cacert capath K config m max-time ' +
  'connect-timeout w write-out x proxy r range C continue-at D dump-header Y speed-limit y speed-time z time-cond ' +
  't telnet-option Q quote P ftp-port U proxy-user url resolve connect-to retry retry-delay retry-max-time ' +
  'output-dir interface limit-rate max-filesize max-redirs noproxy unix-socket abstract-unix-socket tls-max ' +
  'ciphers pass cert-type key-type oauth2-bearer aws-sigv4 trace trace-ascii stderr local-port proto ' +
  'proto-default proto-redir socks5 socks5-hostname socks4 create-file-mode rate variable expand-url url-query';

/** Of these it is known that curl does no more by them than it asks a server, and reads and writes the files that are named. */
const PLAIN_CURL = new Set(
  (
    'X request d data data-raw data-binary data-urlencode data-ascii json F form form-string H header u user o output T ' +
    'upload-file A user-agent b cookie c cookie-jar e referer cacert m max-time connect-timeout w write-out x proxy r range ' +
    'C continue-at D dump-header Y speed-limit y speed-time z time-cond Q quote U proxy-user url resolve connect-to retry ' +
    'retry-delay retry-max-time retry-all-errors retry-connrefused output-dir interface limit-rate max-filesize max-redirs ' +
    'noproxy unix-socket abstract-unix-socket tls-max ciphers pass oauth2-bearer aws-sigv4 trace trace-ascii stderr ' +
    'local-port proto proto-default proto-redir socks5 socks5-hostname socks4 url-query s silent S show-error f fail ' +
    'fail-with-body fail-early L location location-trusted k insecure i include I head v verbose g globoff G get O ' +
    'remote-name remote-name-all J remote-header-name create-dirs compressed N no-buffer 0 http1.0 http1.1 http2 ' +
    'http2-prior-knowledge http3 1 tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 4 ipv4 6 ipv6 # progress-bar no-progress-meter ' +
    'path-as-is basic digest ntlm negotiate anyauth ssl-reqd ssl-no-revoke tcp-nodelay no-keepalive keepalive-time ' +
    'post301 post302 post303 disable q cert E key cert-status'
  ).split(' '),
);

/** An option that may load a program into curl, or that is not known. */
function oddCurlOption({ given }: Options): string | undefined {
  return given.find(
    ({ name, value }) =>
      !PLAIN_CURL.has(name) ||
      // `pkcs11:...` is opened by a library that it names.
      (/^(?:cert|E|key)$/.test(name) &&
        (value?.certainty !== 'exact' || /^[a-z0-9]+:|=/i.test(value.value))),
  )?.argument.value;
}

const curl: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, {
    values: CURL_VALUES,
    abbreviates: true,
  });
  if (isOn(options, 'help', 'h', 'version', 'V', 'manual'))
    return isLocal('shows the help of curl');
  if (options.has('K', 'config'))
    return isUnknown('curl reads its options from a file');
  const odd = oddCurlOption(options);
  if (odd !== undefined)
    return isUnknown(`what curl does with "${scene.show(odd)}" is not known`);
  if (options.has('telnet-option', 't'))
    return isUnknown('speaks another protocol than HTTP');
  const urls = [
    ...options.operands,
    ...options
      .all('url')
      .map(one => one.value)
      .filter(isArgument),
    ...(options.rest ?? []),
  ];
  for (const url of urls)
    if (hasBehind(url.value, /[?&]\w+=/, /[{(]/, /(?=&)/))
      scene.interpretsAgain(url, 'a query in a URL');
  const bodies = options.all(
    'd',
    'data',
    'data-raw',
    'data-binary',
    'data-urlencode',
    'data-ascii',
    'json',
    'F',
    'form',
    'form-string',
  );
  for (const { value } of bodies)
    if (value && /["{]/.test(value.value))
      scene.interpretsAgain(value, 'the data that curl sends');
  for (const { value } of options.all('Q', 'quote'))
    if (value) return destroys('sends a command to a file server');
  const smuggled =
    options.operands.some(
      one => one.certainty === 'words' && /^[$`]/.test(one.value),
    ) ||
    options.operands.some(one => /^\u2013|^\u2014|^\u2212/.test(one.value));
  const request = judgeRequest(
    methodOf(options, bodies.length > 0),
    urls,
    scene,
    options,
  );
  const files = filesOf(options, scene);
  const judged = combined([request, ...files], '');
  if (smuggled && request.effect === 'read') {
    return isUnknown(
      'what curl is told to do is not known: an argument that is not quoted could hold options',
    );
  }
  return {
    ...judged,
    because:
      request.effect === judged.effect ? request.because : judged.because,
  };
};

function isArgument(value: Argument | undefined): value is Argument {
  return value !== undefined;
}

function methodOf(options: Options, hasBody: boolean): Argument | string {
  const given = options.value('X', 'request');
  if (given) return given;
  if (options.has('T', 'upload-file')) return 'PUT';
  if (isOn(options, 'I', 'head')) return 'HEAD';
  if (hasBody && !isOn(options, 'G', 'get')) return 'POST';
  return 'GET';
}

/** Paths that do much more than their method tells. */
const DESTRUCTIVE_PATH =
  /delete_series|clean_tombstones|\/(_delete_by_query|_close|_shutdown|quitquitquit|shutdown|flushall|purge|reset-data|drop|truncate|destroy|terminate|wipe)\b|\/delete\b/i;
const CHANGING_GET =
  /(-\/(reload|quit)|quitquitquit|\/(shutdown|restart|reload|delete|purge|flush|reset|trigger|enable|disable|promote|failover|drain|deploy|rollback|logrotate|loglevel)\b|action=(delete|start|stop|restart)|[?&](delete|cmd|exec)=)/i;

function judgeRequest(
  method: Argument | string,
  urls: readonly Argument[],
  scene: Scene,
  options: Options,
): Verdict {
  const url = urls.map(one => scene.show(one.value)).join(' ') || 'a server';
  const isText = typeof method === 'string';
  if (!isText && method.certainty !== 'exact')
    return isUnknown(`sends a request of a method that is not known to ${url}`);
  const verb = (isText ? method : method.value).toUpperCase();
  const toCluster =
    scene.where === 'here' ? clusterRequests(verb, urls, options) : undefined;
  if (toCluster) return ofCluster(verb, url, toCluster, urls.every(namesHost));
  if (verb === 'DELETE')
    return destroys(`deletes ${url}`, writesBehind(scene, urls, options));
  if (/^(GET|HEAD|OPTIONS|TRACE|PROPFIND|REPORT)$/.test(verb)) {
    if (/\b(gopher|dict|smtp|smb|mqtt|telnet|imap|pop3|ldap)s?:\/\//i.test(url))
      return isUnknown(`speaks another protocol than HTTP to ${url}`);
    if (/quitquitquit|\/-\/quit|\/shutdown\b/i.test(url))
      return destroys(`stops what answers at ${url}`);
    if (CHANGING_GET.test(url))
      return isUnknown(
        `asks ${url}, which may change something although it is a ${verb}`,
      );
    if (
      options.has('d', 'data', 'data-raw', 'data-binary', 'json') &&
      !isText &&
      !isQuery(url, options)
    )
      return isUnknown(`sends data to ${url} with ${verb}`);
    return reads(`reads ${url}`);
  }
  if (DESTRUCTIVE_PATH.test(url))
    return destroys(
      `sends ${verb} to ${url}, which deletes`,
      writesBehind(scene, urls, options),
    );
  if (/^(POST|PUT|PATCH)$/.test(verb)) {
    if (verb === 'POST' && isQuery(url, options))
      return reads(`asks ${url} (a query sent as ${verb})`);
    return changes(
      `sends ${verb} to ${url}`,
      writesBehind(scene, urls, options),
    );
  }
  return verb === 'PURGE' || verb === 'BAN'
    ? destroys(`empties a cache at ${url}`)
    : isUnknown(`sends ${verb} to ${url}`);
}

//   http://127.0.0.1:6443/api/v1/namespaces/shop/pods
/** What it asks of the API server through the gateway of the step; undefined where it surely asks somebody else. */
function clusterRequests(
  method: string,
  urls: readonly Argument[],
  options: Options,
): ApiRequest[] | undefined {
  const requests = urls.flatMap(({ value, certainty }) => {
    const [, port, path] = URL_PARTS.exec(value) ?? [];
    return certainty === 'exact' && Number(port) === GATEWAY_PORT
      ? [{ method, path: path || '/' }]
      : [];
  });
  return requests.length > 0 && !leadsElsewhere(options) ? requests : undefined;
}

/** `isWhole` where every request is known; otherwise nobody can list what is written. */
function ofCluster(
  verb: string,
  url: string,
  requests: ApiRequest[],
  isWhole: boolean,
): Verdict {
  const listed = requests.flatMap(writesOfRequest);
  const writes = isWhole ? listed : undefined;
  if (/^(?:GET|HEAD)$/.test(verb) && listed.length === 0)
    return reads(`reads ${url} of the API server`, {
      writes: listed,
      requests,
      ...(/secrets/.test(url) ? { secrets: true } : {}),
    });
  const does: Record<string, string> = {
    DELETE: `deletes ${url} of the API server`,
    GET: `connects through ${url} of the API server`,
    HEAD: `connects through ${url} of the API server`,
  };
  return destroys(
    does[verb] ??
      `sends ${verb} to ${url} of the API server, with a body that is not looked into`,
    { writes, requests },
  );
}

/** Where it is not known who is asked, it may be the API server; then nobody can list what is written. */
function writesBehind(
  scene: Scene,
  urls: readonly Argument[],
  options: Options,
): Pick<Verdict, 'writes'> {
  const isOpen =
    scene.where === 'here' &&
    (leadsElsewhere(options) || urls.some(url => !namesHost(url)));
  return { writes: isOpen ? undefined : [] };
}

//   https://shop.example.com/api/$ID
/** Whether it is known who is asked, and of the API server what as well: curl makes several paths of braces. */
function namesHost({ value, certainty, begins = '' }: Argument): boolean {
  if (certainty === 'exact') {
    const [, port, path = ''] = URL_PARTS.exec(value) ?? [];
    return Number(port) !== GATEWAY_PORT || !/[{[]/.test(path);
  }
  const named = /^(?:https?:\/\/)?[^/:?#$`]+(?::(\d+))?[/?]/.exec(begins);
  return named !== null && Number(named[1]) !== GATEWAY_PORT;
}

/** Options by which the request goes to another server than the URL says. */
function leadsElsewhere(options: Options): boolean {
  return options.has(
    'connect-to',
    'resolve',
    'unix-socket',
    'abstract-unix-socket',
    'x',
    'proxy',
    'preproxy',
    'socks4',
    'socks5',
    'socks5-hostname',
  );
}

function isQuery(url: string, options: Options): boolean {
  const bodies = options
    .all('d', 'data', 'data-raw', 'data-binary', 'data-urlencode', 'json')
    .map(one => one.value?.value ?? '');
  if (/\/api\/v1\/(query|query_range|series|labels)(\?|$|['"])/.test(url))
    return true;
  if (/\/graphql\b/i.test(url))
    return (
      bodies.length > 0 &&
      bodies.every(
        text =>
          /^\s*\{\s*"query"\s*:\s*"\s*(query\b|\{)/.test(text) &&
          !/\bmutation\b/.test(text),
      )
    );
  if (
    /\/_(search|count|msearch|validate\/query|analyze|field_caps)(\?|$|\/)/.test(
      url,
    )
  )
    return bodies.every(text => !/script/.test(text));
  return false;
}

function filesOf(options: Options, scene: Scene): Verdict[] {
  const verdicts: Verdict[] = [];
  const folder = options.value('output-dir');
  for (const name of [
    'o',
    'output',
    'c',
    'cookie-jar',
    'D',
    'dump-header',
    'trace',
    'trace-ascii',
    'stderr',
  ]) {
    for (const { value, name: given } of options.all(name)) {
      if (value && given === name)
        verdicts.push(
          writesTo(
            folder && name.startsWith('o')
              ? { ...value, value: `${folder.value}/${value.value}` }
              : value,
            scene,
          ),
        );
    }
  }
  if (isOn(options, 'O', 'remote-name', 'remote-name-all', 'J')) {
    verdicts.push(folder ? writesTo(folder, scene) : downloadsHere(scene));
  }
  return verdicts;
}

/** A file under its own name in the working directory. */
function downloadsHere(scene: Scene): Verdict {
  return scene.where === 'there' || !scene.inWorkspace
    ? changes('downloads a file')
    : isLocal('downloads a file', { changesFiles: true });
}

const WGET_VALUES =
  'O output-document P directory-prefix o output-file a append-output t tries T timeout U user-agent header method ' +
  'body-data body-file post-data post-file user password i input-file e execute w wait Q quota l level A R D X I ' +
  'ca-certificate certificate private-key limit-rate dns-timeout connect-timeout read-timeout B base load-cookies save-cookies use-askpass';

const wget: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, {
    values: WGET_VALUES,
    abbreviates: true,
  });
  if (isOn(options, 'help', 'version', 'V'))
    return isLocal('shows the help of wget');
  if (options.has('e', 'execute', 'use-askpass', 'config', 'i', 'input-file'))
    return isUnknown('wget reads its options from elsewhere');
  if (
    options.operands.some(
      one => one.certainty === 'words' && /^[$`]/.test(one.value),
    )
  )
    return isUnknown('what wget is told to do is not known');
  const method =
    options.value('method') ??
    (options.has('post-data', 'post-file', 'body-data', 'body-file')
      ? 'POST'
      : 'GET');
  const request = judgeRequest(method, options.operands, scene, options);
  const output =
    options.value('O', 'output-document') ??
    options.value('P', 'directory-prefix');
  const log = options.value('o', 'output-file', 'a', 'append-output');
  const kept = output ? writesTo(output, scene) : downloadsHere(scene);
  const file = isOn(options, 'spider') ? isLocal('keeps nothing') : kept;
  return combined([request, file, ...(log ? [writesTo(log, scene)] : [])], '');
};

const httpie: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, {
    values:
      'a auth A auth-type o output timeout session verify cert p print P pretty style s b_',
  });
  const [first, ...rest] = options.operands;
  if (!first || options.unclear)
    return isUnknown('what http is told to do is not known');
  const hasMethod = /^[A-Z]+$/.test(first.value);
  const items = hasMethod ? rest.slice(1) : rest;
  const sends =
    items.some(one => /(:=|=(?!=))/.test(one.value) && !/==/.test(one.value)) ||
    call.input !== undefined ||
    isOn(options, 'f', 'form', 'multipart');
  const implied = sends ? 'POST' : 'GET';
  const method = hasMethod ? first : implied;
  const request = judgeRequest(
    method,
    [hasMethod ? rest[0] ?? first : first],
    scene,
    parseOptions([]),
  );
  const output = options.value('o', 'output');
  return combined([request, ...(output ? [writesTo(output, scene)] : [])], '');
};

const grpcurl: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, {
    values:
      'd H rpc-header reflect-header cacert cert key authority import-path proto protoset max-time connect-timeout servername',
    singleDash: true,
  });
  const verb = options.operands
    .map(one => one.value)
    .find(one => /^(list|describe)$/.test(one));
  if (verb) return reads('lists the methods of a service');
  const method = options.operands[options.operands.length - 1];
  if (method && /grpc\.health\.v1\.Health\/(Check|Watch)$/.test(method.value))
    return reads('asks for the health of a service');
  if (options.has('d'))
    scene.interpretsAgain(options.value('d'), 'the data that grpcurl sends');
  return isUnknown(
    `calls ${
      method ? scene.show(method.value) : 'a service'
    }; what that does is not known`,
  );
};

/** Tools that speak HTTP. */
export const httpTools: Record<string, ToolRule> = {
  curl,
  wget,
  http: httpie,
  https: httpie,
  xh: httpie,
  grpcurl,
  hey: loads,
  ab: loads,
  wrk: loads,
  k6: loads,
  siege: loads,
  vegeta: loads,
};

function loads(call: Call, scene: Scene): Verdict {
  return isUnknown(
    `puts load on ${
      call.args.length > 0
        ? scene.show(call.args[call.args.length - 1].value)
        : 'a service'
    }`,
  );
}

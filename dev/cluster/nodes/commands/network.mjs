import { failed, printed } from './results.mjs';

const WITH_VALUE =
  /^(-[oXHdmuAwTbcF]|--(output|request|header|data|max-time|connect-timeout|user|write-out|retry|retry-delay|data-raw|user-agent))$/;
const CANNOT_RESOLVE = 6;
const CANNOT_CONNECT = 7;

/** Commands that ask another part of the system; `network.find(host, port)` knows what answers. */
export const network = {
  async curl(args, { network: net }) {
    const { url, options } = readRequest(args);
    if (!url)
      return failed("curl: try 'curl --help' for more information\n", 2);
    const target = parseUrl(url);
    const quiet = options.s && !options.S;
    const answer = await net.find(target.hostname, target.port);
    if (answer === 'unknown')
      return failed(
        quiet ? '' : `curl: (6) Could not resolve host: ${target.hostname}\n`,
        CANNOT_RESOLVE,
        options.w ? writeOut(options.w, '000') : '',
      );
    if (answer === 'refused')
      return failed(
        quiet
          ? ''
          : `curl: (7) Failed to connect to ${target.hostname} port ${target.port} after 0 ms: Couldn't connect to server\n`,
        CANNOT_CONNECT,
        options.w ? writeOut(options.w, '000') : '',
      );
    const body = options.I
      ? headers()
      : `${options.i ? headers() : ''}${bodyOf(target.pathname)}`;
    return printed(
      `${options.o ? '' : body}${options.w ? writeOut(options.w, '200') : ''}`,
    );
  },

  async wget(args, { network: net, files }) {
    const url = args.filter(arg => !arg.startsWith('-')).pop();
    if (!url) return failed('wget: missing URL\n', 1);
    const target = parseUrl(url);
    const answer = await net.find(target.hostname, target.port);
    if (answer === 'unknown')
      return failed(`wget: bad address '${target.hostname}'\n`);
    if (answer === 'refused')
      return failed(
        `wget: can't connect to remote host (${target.hostname}): Connection refused\n`,
      );
    const toStdout = args.some(arg => /^-\w*O-?$/.test(arg));
    if (toStdout) return printed(bodyOf(target.pathname));
    files.write(
      `/${target.pathname.split('/').pop() || 'index.html'}`,
      bodyOf(target.pathname),
    );
    return printed();
  },

  async nc(args, { network: net }) {
    const [host, port] = args
      .filter(arg => !arg.startsWith('-') && !/^\d+s$/.test(arg))
      .slice(-2);
    const answer = await net.find(host, Number(port));
    if (answer === 'unknown') return failed(`nc: bad address '${host}'\n`);
    if (answer === 'refused')
      return failed(`nc: ${host} (${host}:${port}): Connection refused\n`);
    return {
      stdout: '',
      stderr: args.some(arg => /^-\w*v/.test(arg))
        ? `${host} (${host}:${port}) open\n`
        : '',
      exitCode: 0,
    };
  },

  async nslookup(args, { network: net }) {
    const name = args.find(arg => !arg.startsWith('-')) ?? '';
    const head = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n';
    const addresses = await net.addresses(name);
    if (addresses.length === 0)
      return failed('', 1, `${head}** server can't find ${name}: NXDOMAIN\n\n`);
    return printed(
      `${head}Name:\t${name}\n${addresses
        .map(address => `Address: ${address}\n`)
        .join('')}\n`,
    );
  },

  async ping(args, { network: net }) {
    const name = args.filter(arg => !/^-|^\d+$/.test(arg)).pop() ?? '';
    const [address] = await net.addresses(name);
    if (!address) return failed(`ping: bad address '${name}'\n`);
    return printed(
      `PING ${name} (${address}): 56 data bytes\n64 bytes from ${address}: seq=0 ttl=62 time=0.214 ms\n\n--- ${name} ping statistics ---\n1 packets transmitted, 1 packets received, 0% packet loss\n`,
    );
  },
};

function readRequest(args) {
  const options = {};
  let url;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (WITH_VALUE.test(arg)) {
      index += 1;
      options[{ '--write-out': 'w', '--output': 'o' }[arg] ?? arg.slice(1)] =
        args[index];
    } else if (/^-[a-zA-Z]+$/.test(arg)) {
      for (const letter of arg.slice(1)) options[letter] = true;
      // In -so FILE the last letter takes what follows.
      if (/[oXHdmw]$/.test(arg)) {
        index += 1;
        options[arg[arg.length - 1]] = args[index];
      }
    } else if (!arg.startsWith('-')) {
      url = arg;
    } else {
      options[
        { '--silent': 's', '--head': 'I', '--show-error': 'S' }[arg] ?? arg
      ] = true;
    }
  }
  return { url, options };
}

function parseUrl(text) {
  const url = new URL(/^[a-z]+:\/\//.test(text) ? text : `http://${text}`);
  return {
    hostname: url.hostname,
    port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    pathname: url.pathname,
  };
}

function headers() {
  return `HTTP/1.1 200 OK\r\nDate: ${new Date().toUTCString()}\r\nContent-Type: application/json\r\n\r\n`;
}

function bodyOf(path) {
  return /health|ready|live|status|ping/i.test(path)
    ? '{"status":"ok"}\n'
    : '{"message":"simulated answer"}\n';
}

function writeOut(format, code) {
  return format
    .replaceAll('%{http_code}', code)
    .replaceAll('%{time_total}', '0.012')
    .replaceAll('\\n', '\n');
}

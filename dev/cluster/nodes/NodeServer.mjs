import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { answerMetrics } from './metrics.mjs';
import { serveLogs } from './logs/serveLogs.mjs';
import { PROTOCOLS, serveExec } from './serveExec.mjs';

/**
 * The HTTPS server of all simulated nodes: what the API server asks a kubelet
 * for, and the metrics API. Only the API server, by its certificate, is answered.
 */
export class NodeServer {
  #pods;
  #answers;
  #environments;
  #commands;
  #jobWork;
  #server;
  #sockets = new WebSocketServer({ noServer: true, handleProtocols: choose });

  constructor({
    certificates,
    pods,
    answers,
    environments,
    commands,
    jobWork,
  }) {
    this.#pods = pods;
    this.#answers = answers;
    this.#environments = environments;
    this.#commands = commands;
    this.#jobWork = jobWork;
    const read = name => readFileSync(join(certificates, name));
    this.#server = createServer(
      {
        key: read('server.key'),
        cert: read('server.crt'),
        ca: read('ca.crt'),
        requestCert: true,
        rejectUnauthorized: true,
      },
      (request, response) => this.#answer(request, response),
    );
    this.#server.on('upgrade', (request, socket, head) =>
      this.#upgrade(request, socket, head),
    );
  }

  listen(port) {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => resolve(undefined));
    });
  }

  async #answer(request, response) {
    try {
      const { steps, query } = parse(request);
      if (steps[0] === 'containerLogs')
        await this.#logs(/** @type {any} */ (steps), query, response);
      else if (steps[0] === 'apis')
        sendJson(response, answerMetrics(steps.slice(1), query, this.#pods));
      else if (steps[0] === 'healthz') response.end('ok');
      else
        sendText(
          response,
          501,
          `${request.method} ${request.url} is not simulated`,
        );
    } catch (error) {
      console.error(`${request.method} ${request.url}: ${error.stack}`);
      if (!response.headersSent) sendText(response, 500, error.message);
      else response.destroy();
    }
  }

  async #logs([, namespace, name, containerName], query, response) {
    const life = this.#pods.find(namespace, name);
    if (!life) {
      sendText(response, 404, `pod ${namespace}/${name} is not on this node`);
      return;
    }
    await serveLogs({
      life,
      containerName,
      query,
      response,
      answers: this.#answers,
      environments: this.#environments,
      jobWork: this.#jobWork,
    });
  }

  #upgrade(request, socket, head) {
    socket.on('error', () => {});
    const { steps, query } = parse(request);
    const [kind, namespace, name, containerName] = steps;
    const life = this.#pods.find(namespace, name);
    const trouble = whyNot({ kind, life, containerName, request });
    if (trouble) {
      socket.end(
        `HTTP/1.1 ${
          trouble.status
        } Refused\r\ncontent-length: ${Buffer.byteLength(
          trouble.text,
        )}\r\nconnection: close\r\n\r\n${trouble.text}`,
      );
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, webSocket => {
      serveExec({
        socket: webSocket,
        life,
        containerName,
        query,
        commands: this.#commands,
        environments: this.#environments,
      }).catch(error => {
        console.error(`exec in ${namespace}/${name}: ${error.stack}`);
        webSocket.terminate();
      });
    });
  }
}

function whyNot({ kind, life, containerName, request }) {
  if (
    kind !== 'exec' ||
    request.headers.upgrade?.toLowerCase() !== 'websocket'
  ) {
    return {
      status: 501,
      text: `${kind} over ${request.headers.upgrade} is not simulated`,
    };
  }
  const container = life?.pod.spec.containers.find(
    ({ name }) => name === containerName,
  );
  const status = life?.pod.status?.containerStatuses?.find(
    ({ name }) => name === containerName,
  );
  if (!container)
    return { status: 404, text: `container not found ("${containerName}")` };
  if (!status?.state?.running)
    return {
      status: 500,
      text: `unable to upgrade connection: container not found ("${containerName}")`,
    };
  return undefined;
}

function choose(offered) {
  return PROTOCOLS.find(protocol => offered.has(protocol)) ?? false;
}

function parse(request) {
  const { pathname, searchParams } = new URL(request.url, 'https://node');
  return {
    steps: pathname.split('/').filter(Boolean).map(decodeURIComponent),
    query: searchParams,
  };
}

function sendJson(response, { status, body }) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function sendText(response, status, text) {
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end(text);
}

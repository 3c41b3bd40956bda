/** Where a step finds the gateway inside of its sandbox: a port of 127.0.0.1, the same in every sandbox, because kubectl keeps what it discovers by host and port. */
export const GATEWAY_PORT = 6443;

/**
 * The `runbooks` command: reads, explains and checks runbooks in a service's repository and in its CI.
 *
 * @packageDocumentation
 */
export { main, runCommand } from './runCommand';
export type { CommandLine } from './CommandLine';

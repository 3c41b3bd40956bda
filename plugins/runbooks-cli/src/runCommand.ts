import { createReadStream, readFileSync } from 'node:fs';
import type { CommandLine } from './CommandLine';
import { explainCommand } from './commands/explain';
import { lintCommand } from './commands/lint';
import { readCommand } from './commands/read';
import { verifyCommand } from './commands/verify';
import { UsageError } from './UsageError';

const HELP = `Reads, explains and checks runbooks, and the evidence of their runs.

Usage
  runbooks read FILE... [--format text|json]
      What the document holds: procedures, steps with their effects, parameters, facts.
      JSON of one file is an object, of several a list.

  runbooks explain 'COMMAND' [--format text|json]
      What a shell text does, and why.
  runbooks explain --jsonl
      The same for each line {"id", "language", "text"} of standard input.

  runbooks lint FILE... [--format text|json|sarif|github]
      What should be mended. Exit code 1 when there are errors.

  runbooks verify EXPORT --key KEY [--key KEY...] [--head HASH...] [--format text|json]
      Whether an export of evidence is intact: events, checkpoints, outputs. Exit code 1 with the first broken link
      when it is not, 3 where nothing is broken and something is not sealed. KEY is a public key that you trust: 64 hexadecimal digits, or a file with them or with a PEM.
      HASH is a head of the checkpoints that was kept: the export is broken where it is not one of its checkpoints.

FILE may be - for standard input. Exit code 2: an input cannot be read, or the command line is wrong.
`;

/** Runs the command with the real world around it; the exit code is the answer. @public */
export function main(args: string[]): Promise<number> {
  process.stdout.on('error', endWithReader);
  return runCommand(args, {
    readFile: path => readFileSync(path),
    streamFile: path => createReadStream(path),
    readStdin,
    out: text => process.stdout.write(text),
    err: text => process.stderr.write(text),
    isTerminal: process.stdout.isTTY === true && !process.env.NO_COLOR,
    today: localDay(new Date()),
  });
}

/**
 * Runs one command: 0 when all went well, 1 when lint or verify found something wrong, 2 when the command line or an
 * input is wrong, 3 when verify found nothing wrong and not everything sealed.
 *
 * @public
 */
export async function runCommand(
  args: string[],
  commandLine: CommandLine,
): Promise<number> {
  const [command, ...rest] = args;
  try {
    switch (command) {
      case 'read':
        return await readCommand(rest, commandLine);
      case 'explain':
        return await explainCommand(rest, commandLine);
      case 'lint':
        return await lintCommand(rest, commandLine);
      case 'verify':
        return await verifyCommand(rest, commandLine);
      case 'help':
      case '--help':
      case '-h':
        commandLine.out(HELP);
        return 0;
      case undefined:
        commandLine.err(HELP);
        return 2;
      default:
        throw new UsageError(
          `"${command}" is no command; expected read, explain, lint or verify`,
        );
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    commandLine.err(`runbooks: ${error.message}\n`);
    return 2;
  }
}

/** `runbooks read FILE | head`: who reads the output may have had enough, which is no error. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function localDay(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(
    now.getDate(),
  )}`;
}

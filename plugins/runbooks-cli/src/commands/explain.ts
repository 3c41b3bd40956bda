import {
  explainShell,
  type ShellExplanation,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { CommandLine } from '../CommandLine';
import { parseOptions } from '../input/parseOptions';
import { UsageError } from '../UsageError';

/** `runbooks explain 'COMMAND'` and `runbooks explain --jsonl` */
export async function explainCommand(
  args: string[],
  commandLine: CommandLine,
): Promise<number> {
  const { positionals, format, jsonl } = parseOptions(args, ['text', 'json'], {
    jsonl: true,
  });
  if (jsonl) {
    if (positionals.length > 0) {
      throw new UsageError(
        'explain --jsonl reads standard input and takes no command',
      );
    }
    return explainLines(commandLine);
  }
  if (positionals.length === 0) {
    throw new UsageError(
      "explain needs a command in quotes, such as 'kubectl get pods'",
    );
  }
  const text =
    positionals.length === 1 && positionals[0] === '-'
      ? (await commandLine.readStdin()).toString('utf8')
      : positionals.join(' ');
  const explanation = explainShell(text, 'bash');
  commandLine.out(
    format === 'json'
      ? `${JSON.stringify(asJson(explanation))}\n`
      : asText(explanation),
  );
  return 0;
}

/** One answer per line, in order; a line that is not what it should be is named and the others are answered. */
async function explainLines(commandLine: CommandLine): Promise<number> {
  const input = (await commandLine.readStdin()).toString('utf8');
  let exitCode = 0;
  input.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const question = readQuestion(line);
    if (question === undefined) {
      commandLine.err(
        `runbooks: line ${
          index + 1
        } of standard input is not {"id", "language", "text"}\n`,
      );
      exitCode = 2;
      return;
    }
    const { id, language, text } = question;
    commandLine.out(
      `${JSON.stringify({ id, ...asJson(explainShell(text, language)) })}\n`,
    );
  });
  return exitCode;
}

interface Question {
  id: unknown;
  language?: string;
  text: string;
}

function readQuestion(line: string): Question | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (value === null || typeof value !== 'object') return undefined;
    const { id, language, text } = value as Record<string, unknown>;
    if (typeof text !== 'string') return undefined;
    return {
      id: id ?? null,
      text,
      ...(typeof language === 'string' ? { language } : {}),
    };
  } catch {
    return undefined;
  }
}

function asJson(explanation: ShellExplanation) {
  const { shell, effect, because, parameters, interactive } = explanation;
  return {
    shell,
    effect,
    because,
    parameters,
    interactive: interactive ?? null,
  };
}

function asText(explanation: ShellExplanation): string {
  const { shell, effect, because, parameters, interactive } = explanation;
  const lines = [
    shell ? `${effect}: ${because}` : `not shell: ${because}`,
    ...(parameters.length > 0 ? [`needs ${parameters.join(', ')}`] : []),
    ...(interactive ? [interactive.because] : []),
    ...(interactive?.remedy
      ? [`can run all the same: ${interactive.remedy.says}`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

import {
  EvidenceCheck,
  type EvidenceLine,
  type EvidenceVerdict,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { CommandLine } from '../CommandLine';
import { linesOf } from '../input/linesOf';
import { parseOptions } from '../input/parseOptions';
import { readKeys } from '../input/readKeys';
import { UsageError } from '../UsageError';

/**
 * `runbooks verify EXPORT --key KEY`: 0 when the evidence is intact and all of it is sealed, 1 when it is broken, 2 when it
 * cannot be read, 3 when nothing is broken and part of it, or all, is not sealed: that part anybody could have written.
 * With `--head HASH` it is broken too where that head, which somebody kept, is not among its checkpoints: the history is
 * another one, or an older state. Reads line by line, whatever the size of the export, and asks nobody.
 */
export async function verifyCommand(
  args: string[],
  commandLine: CommandLine,
): Promise<number> {
  const { positionals, format, keys, heads } = parseOptions(
    args,
    ['text', 'json'],
    {
      keys: true,
    },
  );
  if (positionals.length !== 1) {
    throw new UsageError('verify needs one export, or - for standard input');
  }
  if (keys.length === 0) {
    throw new UsageError(
      'verify needs --key: an export proves nothing with a key that it brings itself',
    );
  }
  const wrong = heads.find(head => !/^[0-9a-f]{64}$/i.test(head));
  if (wrong !== undefined) {
    throw new UsageError(
      `--head cannot be "${wrong}"; expected the 64 hexadecimal digits that verify printed`,
    );
  }
  const missing = new Set(heads.map(head => head.toLowerCase()));
  const check = new EvidenceCheck(readKeys(keys, commandLine));
  const [file] = positionals;
  try {
    const pieces =
      file === '-'
        ? [await commandLine.readStdin()]
        : commandLine.streamFile(file);
    for await (const line of linesOf(pieces)) {
      if (!check.take(line)) break;
      if (missing.size > 0) missing.delete(checkpointHashOf(line));
    }
  } catch (error) {
    commandLine.err(
      `runbooks: ${file} cannot be read: ${(error as Error).message}\n`,
    );
    return 2;
  }
  const verdict = withHeads(check.end(), [...missing]);
  commandLine.out(
    format === 'json'
      ? `${JSON.stringify(verdict, undefined, 2)}\n`
      : textOf(verdict, file),
  );
  if (!verdict.intact) return 1;
  return isSealed(verdict) ? 0 : 3;
}

/** Of a line that was checked: the hash is that of the checkpoint's text. */
function checkpointHashOf(line: string): string {
  if (!line.includes('"checkpoint"')) return '';
  const { kind, hash } = JSON.parse(line) as EvidenceLine & { hash?: string };
  return kind === 'checkpoint' && hash !== undefined ? hash : '';
}

function withHeads(
  verdict: EvidenceVerdict,
  missing: string[],
): EvidenceVerdict {
  if (!verdict.intact || missing.length === 0) return verdict;
  return {
    intact: false,
    line: 0,
    message: `no checkpoint has the head ${missing[0]}, which was kept: this is another history, or an older state of it`,
  };
}

type Intact = Extract<EvidenceVerdict, { intact: true }>;

function isSealed({ checkpoints, unsealedEvents }: Intact): boolean {
  return checkpoints > 0 && unsealedEvents === 0;
}

function textOf(verdict: EvidenceVerdict, file: string): string {
  if (!verdict.intact) {
    const place = verdict.line > 0 ? `${file}:${verdict.line}` : file;
    return `Broken. ${place}: ${verdict.message}\n`;
  }
  const { runs, events, attempts, calls, checkpoints } = verdict;
  const { removed, head } = verdict;
  const sealed = isSealed(verdict) ? 'Intact' : 'Not proven';
  return [
    `${sealed}: ${counted(runs, 'run')}, ${counted(events, 'event')}, ${counted(
      attempts,
      'attempt',
    )} with ${counted(calls, 'call')}, ${counted(checkpoints, 'checkpoint')}.`,
    ...sealWords(verdict),
    ...(removed > 0
      ? [
          `Removed by retention, as signed tombstones say: ${counted(
            removed,
            'run',
          )}.`,
        ]
      : []),
    `Head of the checkpoints: ${head}`,
    '',
  ].join('\n');
}

function sealWords({ events, checkpoints, unsealedEvents }: Intact): string[] {
  if (checkpoints === 0) {
    return [
      'No checkpoint is in it, so nothing is sealed: whoever has no key could have written all of it.',
    ];
  }
  return unsealedEvents === 0
    ? ['All events are sealed.']
    : [
        `In no checkpoint: ${unsealedEvents} of ${counted(
          events,
          'event',
        )}, chained and not sealed, so anybody could have written them. Of a run that has just ended, export again in two minutes.`,
      ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

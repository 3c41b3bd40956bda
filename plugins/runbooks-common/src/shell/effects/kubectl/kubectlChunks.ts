/** A part of a text that kubectl reads by itself, with the number of its first line. */
export interface KubectlChunk {
  text: string;
  line: number;
}

/** The parts into which kubectl divides a text, or the line at which readers divide it in their own ways. */
export type KubectlChunks =
  | { kind: 'divided'; chunks: KubectlChunk[] }
  | { kind: 'odd'; line: number; because: string };

/** kubectl divides at three dashes before it reads, and leaves out what follows three dots. */
const MARK = /^(?:---|\.\.\.|%)/;
const DIVIDES = /^---(?: *| +#.*)$/;

/** Divides a text into documents as kubectl does, wherever the marks stand. Linear. */
export function kubectlChunks(text: string): KubectlChunks {
  const chunks: KubectlChunk[] = [];
  // Each line with its end, which kubectl adds to the last one of a manifest and not of a patch.
  const lines = text.split(/(?<=\n)/);
  let first = 0;
  for (let index = 0; index <= lines.length; index += 1) {
    const line = lines[index]?.trimEnd();
    if (line !== undefined && !MARK.test(line)) continue;
    if (line !== undefined && !DIVIDES.test(line))
      return {
        kind: 'odd',
        line: index + 1,
        because: `'${line.slice(
          0,
          20,
        )}', at which readers divide a text in their own ways`,
      };
    chunks.push({ text: lines.slice(first, index).join(''), line: first + 1 });
    first = index + 1;
  }
  return { kind: 'divided', chunks };
}

import type { ShellNode } from '../../shell/parse';
import { childrenOf } from '../../shell/parse';
import { plainProgram } from './plainProgram';

/** They print what their words say, what they find out, or what a server has: no variable, no file, no input. */
const SILENT = new Set(
  (
    'kubectl oc k kubecolor helm date hostname pwd dirname basename realpath readlink seq mktemp uname whoami id uuidgen true ' +
    'false : test [ echo printf sleep exit return break continue cd read mapfile readarray shift wait rm mkdir chmod touch'
  ).split(' '),
);
/** They print what they read, and neither start anything nor write anywhere else, whatever their words. */
const FILTERS = new Set(
  (
    'cat base64 wc tr cut head tail grep egrep fgrep tac rev nl fold sha1sum sha224sum sha256sum sha384sum sha512sum ' +
    'md5sum cksum paste comm od tee'
  ).split(' '),
);
const EXPANSION = /Expansion$|^ProcessSubstitution$/;

/** Whether what a program prints is made of its words alone. */
export function isSilent(node: ShellNode): boolean {
  const [name = '', first] = wordsOf(node);
  return SILENT.has(name) || (name === 'openssl' && first === 'rand');
}

/** Whether a program only turns what it reads into what it prints. */
export function isFilter(node: ShellNode): boolean {
  const [name = '', ...args] = wordsOf(node);
  if (FILTERS.has(name)) return true;
  if (name === 'sort')
    return args.every(one =>
      /^(?:-[bdfgiMhnRrVucsz]*(?:[kt].*)?|-)$/.test(one),
    );
  if (name === 'uniq') return args.every(one => /^-[cdiu]+$/.test(one));
  if (!/^(?:sed|awk|jq)$/.test(name) || node.type !== 'Command') return false;
  return (
    plainProgram(name, node.args.map(argumentOf)) !== undefined &&
    !args.some(one => /ENVIRON|PROCINFO|\bENV\b|\benv\b|^-[a-z]*i/.test(one))
  );
}

/** Whether a name means a program of these lists, so that a function of that name would not be what it is taken for. */
export function isListed(name: string): boolean {
  return (
    SILENT.has(name) ||
    FILTERS.has(name) ||
    /^(?:sort|uniq|sed|awk|jq|curl|openssl)$/.test(name)
  );
}

/** The words of a command, its name first; none for what is no simple command. */
export function wordsOf(node: ShellNode): string[] {
  if (node.type !== 'Command') return [];
  const words = [node.name, ...node.args].flatMap(one =>
    one?.type === 'Word' ? one.value : one?.text ?? [],
  );
  while (/^(?:builtin|command)$/.test(words[0] ?? '')) words.shift();
  return words;
}

/** A node and all that is in it. */
export function allIn(script: ShellNode): ShellNode[] {
  const found: ShellNode[] = [];
  const visit = (node: ShellNode, depth: number) => {
    if (depth > 100) return;
    found.push(node);
    for (const child of childrenOf(node)) visit(child, depth + 1);
  };
  visit(script, 0);
  return found;
}

function argumentOf(node: ShellNode) {
  const value =
    node.type === 'Word' ? node.value : (node as { text?: string }).text ?? '';
  const isExact = !allIn(node).some(one => EXPANSION.test(one.type));
  return {
    value,
    certainty: isExact ? ('exact' as const) : ('value' as const),
    start: -1,
    end: -1,
    spliced: false,
  };
}

import type { ShellNode } from '../../shell/parse';
import { isFilter, isSilent, wordsOf } from './programsOfSecrets';

const ASKS_A_SERVER = /^(?:kubectl|oc|k|kubecolor|helm|curl)$/;
/** Words by which they are told to take something from their input. */
const READS_INPUT =
  /(?:^|[=@,])(?:-|\/dev\/(?:stdin|fd\/.*)|\/proc\/.*)$|^-[fkK]-$|^-[A-Za-z]*i|^--stdin|^--password-stdin/;
const STORES_INPUT = /^--from-file=|^--password-stdin$/;
const READS_FILES =
  /^(?:-[fk]|--filename|--kustomize|--patch-file|--from-env-file|--kubeconfig)/;
/** Builtins and programs that open no file to do what it says. */
const OPENS_NOTHING =
  /^(?:set|export|declare|typeset|local|readonly|unset|trap|umask|sort|uniq)$/;

/**
 * Whether a command may do what its input says. Only filters, builtins that read into variables, functions and scripts
 * whose text is followed, and what stores its input are known not to.
 */
export function inputDecides(
  node: ShellNode,
  functions: ReadonlySet<string>,
): boolean {
  const words = wordsOf(node);
  const [name = ''] = words;
  if (name === '') return false;
  if (ASKS_A_SERVER.test(name)) return readsAsTold(words);
  if (isSilent(node) || isFilter(node) || functions.has(name)) return false;
  if (/^(?:exec|set|export|declare|typeset|local|readonly|unset)$/.test(name))
    return name === 'exec' && words.length > 1;
  return !isScript(words);
}

/** Whether a command may do what a file says that the same text wrote. */
export function filesDecide(
  node: ShellNode,
  functions: ReadonlySet<string>,
): boolean {
  const words = wordsOf(node);
  const [name = ''] = words;
  if (name === '' || functions.has(name)) return false;
  if (name === 'helm') return true;
  if (/^(?:source|\.)$/.test(name)) return !/\.(?:ba)?sh$/.test(words[1] ?? '');
  if (ASKS_A_SERVER.test(name) && name !== 'curl')
    return (
      words.some(one => READS_FILES.test(one) && !/^-[fk]-?$/.test(one)) ||
      words.some((one, at) => /^-[fk]$/.test(one) && words[at + 1] !== '-')
    );
  if (name === 'exec' && words.length === 1) return false;
  return !isSilent(node) && !isFilter(node) && !OPENS_NOTHING.test(name);
}

function readsAsTold(words: readonly string[]): boolean {
  const told = words.filter(one => READS_INPUT.test(one));
  const stores =
    words.includes('create') &&
    words.some(one => /^(?:secret|configmap|cm)$/.test(one));
  return told.some(
    one => !STORES_INPUT.test(one) || (one !== '--password-stdin' && !stores),
  );
}

/** A file that runs as a script; its text is followed where it is one of the workspace. */
function isScript([name, ...args]: readonly string[]): boolean {
  if (/^(?:source|\.|(?:ba|da)?sh)$/.test(name)) {
    const file = args.find(one => !/^[-+]/.test(one));
    const isTold = args.some(one => /^-[a-z]*[cs]|^-$/.test(one));
    return file !== undefined && !isTold && !/^\/(?:dev|proc)\//.test(file);
  }
  return name.includes('/') && !/^\/(?:usr|opt|bin|sbin)\//.test(name);
}

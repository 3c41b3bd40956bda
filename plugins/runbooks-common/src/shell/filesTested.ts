import type { ShellNode, ShellWord } from './parse';

/** Operators of `test` and `[[ ]]` that ask whether a file is there, what it is, and how new it is. */
export const LOOKS_AT_A_FILE = /^-(?:[abcdefghkprsuwxLNOSG]|nt|ot|ef)$/;

/** The words that a part of `[[ ]]` takes for files. */
export function filesTested(node: ShellNode): readonly ShellWord[] {
  switch (node.type) {
    case 'TestUnary':
      return LOOKS_AT_A_FILE.test(node.operator) ? [node.operand] : [];
    case 'TestBinary':
      return LOOKS_AT_A_FILE.test(node.operator) ? [node.left, node.right] : [];
    default:
      return [];
  }
}

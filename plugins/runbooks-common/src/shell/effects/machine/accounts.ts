import { asks, needsEditor } from '../interactive';
import type { ToolRule } from '../scene';
import { changes } from '../verdict';
import { destroyer, changer, looksUnless } from './ruleMakers';

/** Accounts of a machine. */
export const accountTools: Record<string, ToolRule> = {
  useradd: changer('adds user'),
  adduser: changer('adds user'),
  groupadd: changer('adds group'),
  usermod: changer('changes user'),
  userdel: destroyer('deletes user'),
  deluser: destroyer('deletes user'),
  groupdel: destroyer('deletes group'),
  passwd: () =>
    changes('changes a password', {
      interactive: asks('`passwd` asks for a password'),
    }),
  chpasswd: changer('changes passwords'),
  chage: looksUnless(
    /^-(?!l$)/,
    'looks at an account',
    changes('changes an account'),
  ),
  visudo: () =>
    changes('edits who may do what', {
      interactive: needsEditor('`visudo` opens an editor'),
    }),
};

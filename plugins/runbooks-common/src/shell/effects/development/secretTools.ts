import { needsEditor } from '../interactive';
import { isOn, parseOptions } from '../options';
import { deletesAt } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { changesFiles, isLocal, isUnknown, type Verdict } from '../verdict';

/** Tools that hold secret values. */
export const secretTools: Record<string, ToolRule> = {
  sops: (call, scene) => sops(call, scene),
  age: () => changesFiles('encrypts or decrypts'),
  op: verbTool(
    'op',
    { values: 'vault account format fields session' },
    `
read secrets | read, item get, document get, inject, run_ | reads a secret value
read | item list, vault list, account list, whoami, user list, group list, document list | looks at 1Password
files | signin, signout | logs in
change | item create, item edit, vault create, document create, item share | changes 1Password
destructive | item delete, vault delete, document delete | deletes in 1Password
unknown | run, plugin | runs a command
`,
  ),
  pass: (call, scene) => {
    const verb = call.args[0]?.value ?? 'ls';
    if (/^(ls|list|find|search|git|version|help)$/.test(verb))
      return isLocal('lists secrets');
    if (/^(rm|remove|delete)$/.test(verb))
      return deletesAt(
        { ...call.args[0], value: '~/.password-store/x' },
        scene,
      );
    return isLocal('shows or changes secret values', {
      secrets: true,
      changesFiles: true,
    });
  },
};

function sops(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'i_ input-type output-type output set age kms pgp extract config',
  });
  void scene;
  if (/^(exec-env|exec-file)$/.test(options.operands[0]?.value ?? ''))
    return isUnknown('runs a command with secret values');
  if (isOn(options, 'd', 'decrypt') || options.operands[0]?.value === 'decrypt')
    return isLocal('shows secret values', {
      secrets: true,
      changesFiles: true,
    });
  if (
    isOn(options, 'e', 'encrypt', 'r', 'rotate', 'set') ||
    /^(encrypt|rotate|updatekeys|set)$/.test(options.operands[0]?.value ?? '')
  )
    return changesFiles('encrypts a file');
  return changesFiles('edits an encrypted file', {
    interactive: needsEditor('`sops` opens an editor'),
  });
}

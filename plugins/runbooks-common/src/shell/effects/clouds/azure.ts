import { thirdPerson } from '../inWords';
import { endless, needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import { sceneThere, type ToolRule } from '../scene';
import {
  changes,
  changesFiles,
  destroys,
  isLocal,
  isUnknown,
  reads,
} from '../verdict';
import { DESTROY_VERB, findVerb, leadingWords, says } from './cloudVerbs';

const AZ_VALUES =
  'subscription resource-group g n name output o query cluster-name vault-name';

/** The Azure command line. */
export const az: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: AZ_VALUES });
  if (isOn(options, 'help', 'h', 'version') || options.operands.length === 0)
    return isLocal('shows the help of az');
  const groups = options.operands.map(one => one.value);
  if (options.operands[0].certainty !== 'exact')
    return isUnknown('what az is told to do is not known');
  const line = groups.join(' ');
  const names = options.value('n', 'name');
  const named = [
    says(options.operands, scene),
    ...(names ? [scene.show(names.value)] : []),
  ].join(' ');
  if (
    /^login|^logout|^account (set|clear)|^config|^configure|^extension|^acr login|^upgrade/.test(
      line,
    )
  )
    return changesFiles(
      'changes settings of az',
      /^login/.test(line) && !options.has('service-principal', 'identity')
        ? { interactive: needsTerminal('asks for a login in the browser') }
        : {},
    );
  if (/^aks get-credentials/.test(line))
    return changesFiles('writes a kubeconfig for a cluster');
  if (
    /(keyvault secret (show|download)|list-keys|show-connection-string|credential show|keys list|get-access-token|list-connection-strings|publishing-credentials)/.test(
      line,
    )
  )
    return reads('reads a secret value', { secrets: true });
  if (/^aks command invoke/.test(line)) {
    const command = parseOptions(call.args, {
      values: `${AZ_VALUES} command c`,
    }).value('command', 'c');
    scene.interpretsAgain(command, 'az aks command invoke');
    return command && !command.spliced && command.certainty !== 'words'
      ? scene.judgeText(command.value, scene)
      : isUnknown('runs a command that is not known');
  }
  if (/^vm run-command invoke/.test(line)) {
    const script = parseOptions(call.args, {
      values: `${AZ_VALUES} scripts command-id parameters`,
    }).value('scripts');
    scene.interpretsAgain(script, 'az vm run-command');
    if (
      script &&
      !script.spliced &&
      script.certainty !== 'words' &&
      !/^@/.test(script.value)
    )
      return {
        ...scene.judgeText(script.value, sceneThere(scene, 'on the machine')),
        changesFiles: undefined,
      };
  }
  if (/^(vm run-command|ssh|rest|container exec|webapp ssh)/.test(line))
    return /^rest/.test(line) &&
      !call.args.some(one =>
        /^(-m|--method|--body|-b|--uri-par)/.test(one.value),
      )
      ? reads('asks Azure')
      : isUnknown(`does az ${named}`);
  const verb = findVerb(
    leadingWords(call, options.operands).map(one => one.value),
  );
  if (!verb) return isUnknown(`what az ${named} does is not known`);
  if (
    /(--node-count|-c)[= ]0\b/.test(
      call.args.map(one => one.value).join(' '),
    ) &&
    /scale/.test(line)
  )
    return destroys(
      `scales to nothing in Azure, so that everything stops: ${named}`,
    );
  if (DESTROY_VERB.test(verb) || verb === 'deallocate')
    return destroys(`${thirdPerson(verb)} in Azure: ${named}`);
  if (
    /^(list|show|get|wait|check|logs|validate|search|query|describe|test|tail|exists|view|history|info|what-if|download)(-.*)?$/.test(
      verb,
    )
  )
    return reads(
      `asks Azure: ${named}`,
      verb === 'tail' || isOn(options, 'follow')
        ? { interactive: endless('follows logs until it is stopped') }
        : {},
    );
  return changes(`${thirdPerson(verb)} in Azure: ${named}`);
};

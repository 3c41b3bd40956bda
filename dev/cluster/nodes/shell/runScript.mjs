import { parseScript } from './parseScript.mjs';

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;

/**
 * Runs a shell text: pipelines, redirections and variables here, each simple
 * command through `runCommand(words, { env, stdin })`.
 *
 * @param shell `{ env, files, stdin, runCommand }`; `env` is a map that the text may change
 * @returns `{ stdout, stderr, exitCode }`
 */
export async function runScript(text, shell) {
  const result = { stdout: '', stderr: '', exitCode: 0 };
  let pipelines;
  try {
    pipelines = parseScript(text);
  } catch (error) {
    return {
      stdout: '',
      stderr: `sh: syntax error: ${error.message}\n`,
      exitCode: 2,
    };
  }
  for (const { when, commands } of pipelines) {
    if (when === 'success' && result.exitCode !== 0) continue;
    if (when === 'failure' && result.exitCode === 0) continue;
    shell.env.set('?', String(result.exitCode));
    const ran = await runPipeline(commands, shell);
    result.stdout += ran.stdout;
    result.stderr += ran.stderr;
    result.exitCode = ran.exitCode;
    if (ran.exits) break;
  }
  return result;
}

async function runPipeline(commands, shell) {
  let stdin = shell.stdin;
  let stderr = '';
  /** @type {any} */
  let last = { stdout: '', exitCode: 0 };
  for (const command of commands) {
    last = await runSimple(command, { ...shell, stdin });
    stderr += last.stderr;
    const { stdout } = last;
    stdin = async () => stdout;
  }
  return { ...last, stderr };
}

async function runSimple({ words, redirections }, shell) {
  const expanded = [];
  for (const word of words) expanded.push(...(await expand(word, shell)));
  const { assignments, rest } = splitAssignments(expanded);
  if (rest.length === 0) {
    for (const [name, value] of assignments) shell.env.set(name, value);
    return redirect(
      { stdout: '', stderr: '', exitCode: 0 },
      redirections,
      shell,
    );
  }
  if (rest[0] === 'exit')
    return {
      stdout: '',
      stderr: '',
      exitCode: Number(rest[1] ?? shell.env.get('?')),
      exits: true,
    };
  if (rest[0] === 'export') {
    for (const [name, value] of splitAssignments(rest.slice(1)).assignments)
      shell.env.set(name, value);
    return { stdout: '', stderr: '', exitCode: 0 };
  }
  const input = await inputFile(redirections, shell);
  if (input.trouble) return { stdout: '', stderr: input.trouble, exitCode: 1 };
  const result = await shell.runCommand(rest, {
    env: new Map([...shell.env, ...assignments]),
    stdin: input.text === undefined ? shell.stdin : async () => input.text,
  });
  return redirect(result, redirections, shell);
}

function splitAssignments(words) {
  const count = words.findIndex(word => !ASSIGNMENT.test(word));
  const end = count < 0 ? words.length : count;
  return {
    assignments: words
      .slice(0, end)
      .map(word => ASSIGNMENT.exec(word).slice(1, 3)),
    rest: words.slice(end),
  };
}

/** A word becomes one word, or as many as an unquoted value has. */
async function expand(parts, shell) {
  let words = [''];
  let isWord = false;
  for (const part of parts) {
    const value = await valueOf(part, shell);
    const splits = !part.quoted && part.text === undefined;
    const pieces = splits ? value.trim().split(/\s+/) : [value];
    isWord ||= part.quoted || value !== '';
    words = [
      ...words.slice(0, -1),
      words[words.length - 1] + pieces[0],
      ...pieces.slice(1),
    ];
  }
  return isWord ? words : [];
}

async function valueOf(part, shell) {
  if (part.text !== undefined) return part.text;
  if (part.variable !== undefined)
    return shell.env.get(part.variable) || part.fallback;
  const { stdout } = await runScript(part.command, {
    ...shell,
    env: new Map(shell.env),
  });
  return stdout.replace(/\n+$/, '');
}

async function inputFile(redirections, shell) {
  const redirection = redirections.find(({ stream }) => stream === 'stdin');
  if (!redirection) return {};
  const path = await fileName(redirection, shell);
  const text = shell.files.read(path);
  return text === undefined
    ? { trouble: `sh: can't open ${path}: no such file\n` }
    : { text };
}

async function redirect(result, redirections, shell) {
  let { stdout, stderr } = result;
  for (const redirection of redirections) {
    const { stream, append } = redirection;
    if (stream === 'stderr-to-stdout') {
      stdout += stderr;
      stderr = '';
    } else if (stream === 'stdout-to-stderr') {
      stderr += stdout;
      stdout = '';
    } else if (stream !== 'stdin') {
      const text = { stdout, stderr, both: stdout + stderr }[stream];
      const path = await fileName(redirection, shell);
      if (path !== '/dev/null')
        shell.files.write(
          path,
          append ? (shell.files.read(path) ?? '') + text : text,
        );
      if (stream !== 'stderr') stdout = '';
      if (stream !== 'stdout') stderr = '';
    }
  }
  return { ...result, stdout, stderr };
}

async function fileName({ file }, shell) {
  return (await expand(file, shell)).join(' ');
}

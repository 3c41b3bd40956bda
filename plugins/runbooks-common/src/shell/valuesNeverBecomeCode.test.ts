import { execFileSync } from 'node:child_process';
import { applyEdits, bindingEdits, environmentNameOf } from '../plan/bindText';
import { readShell } from './readShell';

/** A value that would do harm if any of it were read as code. */
const EVIL = `a b'; echo PWNED; "$(echo PWNED)" \`echo PWNED\` * \\ $HOME <x>`;

/** Runs a text in real bash with every parameter bound to the evil value; each line of output is one argument. */
function run(text: string): string {
  const { placeholders } = readShell(text, { language: 'bash' });
  const bound = applyEdits(text, bindingEdits(text, placeholders));
  return execFileSync('bash', ['-c', bound], {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: '/nowhere',
      ...Object.fromEntries(
        placeholders.map(use => [environmentNameOf(use), EVIL]),
      ),
    },
  });
}

describe('a value at the place that was told arrives as data in real bash', () => {
  it.each([
    ["printf '%s\\n' <pod-name> end", `${EVIL}\nend\n`],
    ["printf '%s\\n' pre-<pod name>-post end", `pre-${EVIL}-post\nend\n`],
    ["printf '%s\\n' --name=<pod> end", `--name=${EVIL}\nend\n`],
    [`printf '%s\\n' "in <pod> quotes" end`, `in ${EVIL} quotes\nend\n`],
    [`printf '%s\\n' 'in <pod> quotes' end`, `in ${EVIL} quotes\nend\n`],
    [`printf '%s\\n' "a"<pod>'b' end`, `a${EVIL}b\nend\n`],
    [`printf '%s\\n' "$NAME" end`, `${EVIL}\nend\n`],
    [`printf '%s\\n' "\${NAME:-x}" end`, `${EVIL}\nend\n`],
    [
      `printf '%s\\n' {{name}} [pod name] \${pod-name} end`,
      `${EVIL}\n${EVIL}\n${EVIL}\nend\n`,
    ],
    [
      `command printf '%s\\n' POD_NAME your-pod web-xxxx end`,
      `${EVIL}\n${EVIL}\n${EVIL}\nend\n`,
    ],
    [`printf '%s\\n' "$(printf '%s' <pod>)" end`, `${EVIL}\nend\n`],
    [`printf '%s\\n' "$(printf '%s' "<pod>")" end`, `${EVIL}\nend\n`],
    [`printf '%s\\n' "$(printf '%s' 'x <pod>')" end`, `x ${EVIL}\nend\n`],
    [`cat <<EOF\nx <pod> y $NS\nEOF`, `x ${EVIL} y ${EVIL}\n`],
    [`cat <<-EOF\n\tit's <pod>\nEOF`, `it's ${EVIL}\n`],
    [`export NAME="default"\nprintf '%s\\n' "$NAME" end`, `${EVIL}\nend\n`],
    [`NAME=default\nprintf '%s\\n' "$NAME" end`, `${EVIL}\nend\n`],
    [`X=<pod>\nprintf '%s\\n' "$X" end`, `${EVIL}\nend\n`],
    [`X="a <pod>"\nprintf '%s\\n' "$X" end`, `a ${EVIL}\nend\n`],
    [`# it's a <comment>\nprintf '%s\\n' <pod> end`, `${EVIL}\nend\n`],
    [`for i in <a> <b>; do printf '%s\\n' "$i"; done`, `${EVIL}\n${EVIL}\n`],
    [`if [ -n <pod> ]; then printf '%s\\n' <pod>; fi`, `${EVIL}\n`],
    [`[[ -n <pod> ]] && printf '%s\\n' <pod>`, `${EVIL}\n`],
    [`case <pod> in x) ;; *) printf '%s\\n' <pod>;; esac`, `${EVIL}\n`],
    [`f() { printf '%s\\n' "$1" <pod>; }; f <x>`, `${EVIL}\n${EVIL}\n`],
    [`cat <<< <pod>`, `${EVIL}\n`],
    [`cat <<< "a <pod>"`, `a ${EVIL}\n`],
    [`printf '%s\\n' \\\n  <pod> \\\n  end`, `${EVIL}\nend\n`],
    [
      `A=(<a> "<b>" '<c>')\nprintf '%s\\n' "\${A[@]}"`,
      `${EVIL}\n${EVIL}\n${EVIL}\n`,
    ],
  ])('%j', (text, output) => {
    expect(run(text)).toBe(output);
  });
});

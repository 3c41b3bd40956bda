import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { judgeText } from './testUtils/judgeText';

const LINKS = { a: 'deep/folder', 'bin/own.sh': '../deep/bin/own.sh' };
const OWN = {
  beside: 'source "$(dirname "$(readlink -f "$0")")/b.sh"',
  above: 'HERE=$(cd "$(dirname "$0")" && pwd)\nsource "$HERE/../a/../b.sh"',
  entered:
    'HERE=$(cd -P "$(dirname "$0")/../a/.." && pwd)\nsource "$HERE/b.sh"',
  // Of `x/..` and `x/.` it is `x`.
  named:
    'HERE=$(cd "$(dirname "$0")" && pwd)\nsource "$(dirname "$HERE/..")/b.sh"',
  held: 'HERE=$(cd "$(dirname "$0")" && pwd)\nUP="$HERE/.."\nsource "$(dirname "$UP")/b.sh"',
  dot: 'HERE=$(cd "$(dirname "$0")" && pwd)\nUP=$HERE/./\nsource "$(dirname "$UP")/b.sh"',
  climbs: 'source "$(dirname "$0")/../b.sh"',
};
const FILES: Record<string, string> = {
  'b.sh': 'kubectl get pods\n',
  'deep/b.sh': 'kubectl delete deployment web\n',
  'deep/sub/b.sh': 'kubectl delete deployment web\n',
  'bin/b.sh': 'kubectl get pods\n',
  'deep/bin/b.sh': 'kubectl delete deployment web\n',
  'bin/own.sh': `${OWN.beside}\n`,
  'deep/bin/own.sh': `${OWN.beside}\n`,
  'scripts/above.sh': `${OWN.above}\n`,
  'scripts/entered.sh': `${OWN.entered}\n`,
  'scripts/climbs.sh': `${OWN.climbs}\n`,
  'deep/folder/climbs.sh': `${OWN.climbs}\n`,
  'deep/sub/named.sh': `${OWN.named}\n`,
  'deep/sub/held.sh': `${OWN.held}\n`,
  'deep/sub/dot.sh': `${OWN.dot}\n`,
  'scripts/x/up.sh':
    'UP=$(cd "$(dirname "$0")" && pwd)/../..\nROOT=$(cd "$UP" && pwd)\nsource "$ROOT/b.sh"\nsource "$UP/b.sh"\n',
  'm/b.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: near}\n',
  'deep/m/b.yaml': 'kind: Service\napiVersion: v1\nmetadata: {name: far}\n',
};

/** Texts that open another file than the one that their words give by the text alone. */
const ELSEWHERE = [
  'bash a/../b.sh',
  './a/../b.sh',
  'source a/../b.sh',
  '. ./a/./../b.sh',
  'F=a/../b.sh; bash "$F"',
  'bash a/up/../../b.sh',
  'cd a && ../b.sh',
  'cd a && source ../b.sh',
  'cd -P a && cd .. && ./b.sh',
  'set -P; cd a; cd ..; ./b.sh',
  'cd a/../only && source ../b.sh',
  'pushd a >/dev/null; bash ../b.sh',
  'for d in a; do bash "$d/../b.sh"; done',
  'bash -c "bash a/../b.sh"',
  'bash bin/own.sh',
  'bash scripts/above.sh',
  'bash scripts/entered.sh',
  'bash deep/sub/named.sh',
  'bash deep/sub/held.sh',
  'bash deep/sub/dot.sh',
  'cd a && bash climbs.sh',
  'bash a/climbs.sh',
];

const MANIFESTS = [
  'kubectl apply -f a/../m/b.yaml',
  'cd a && kubectl apply -f ../m/b.yaml',
];

/** Texts that open what their words say, whatever other links there are. */
const PLAIN = [
  'bash scripts/../b.sh',
  'cd scripts && ../b.sh',
  'cd deep/m && ../../b.sh',
  'cd m && bash ../scripts/climbs.sh',
  'bash scripts/climbs.sh',
  'bash scripts/x/up.sh',
  'cd scripts && source ../b.sh',
];

describe('a path that goes up from behind a link', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'behind-links-'));
    const put = (file: string, text: string) => {
      const place = path.join(folder, file);
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, text);
      chmodSync(place, 0o755);
    };
    for (const [file, text] of Object.entries(FILES))
      if (!(file in LINKS)) put(file, `${text}`);
    put('deep/folder/up/x', '');
    put('deep/only/x', '');
    // Prints the words that it is given, and the manifest.
    put('tools/kubectl', '#!/bin/bash\necho "$*"\n[ ! -f "$3" ] || cat "$3"\n');
    for (const [file, target] of Object.entries(LINKS))
      symlinkSync(target, path.join(folder, file));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function bash(text: string): string {
    return execFileSync('/bin/bash', ['--norc', '-c', text], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: `${folder}/tools:/usr/bin:/bin`, HOME: folder },
    });
  }

  const judge = (text: string, links: Record<string, string> = LINKS) =>
    judgeText(text, FILES, {
      inventory: { id: 'local', hasTool: () => true, hasNetwork: false },
      links: () => new Map(Object.entries(links)),
    });

  it.each([...ELSEWHERE, ...MANIFESTS])(
    'is another file for bash: %s',
    text => {
      expect(bash(text)).toMatch(/delete deployment web|name: far/);
    },
  );

  it.each(ELSEWHERE)(
    'is not taken for the file that it is by its text: %s',
    text => {
      expect(judge(text).unknown).toBeDefined();
    },
  );

  it.each(ELSEWHERE)(
    'is taken for nothing where links are too many: %s',
    text => {
      const judged = judgeText(text, FILES, { links: () => undefined });
      expect(judged.unknown).toBeDefined();
    },
  );

  it.each(MANIFESTS)('is a manifest that may write anything: %s', text => {
    expect(judge(text, {}).writes).toMatchObject({ kind: 'listed' });
    expect(judge(text).writes).toMatchObject({ kind: 'any-in-namespaces' });
  });

  it.each(PLAIN)('is what is written where no link is on the way: %s', text => {
    expect(bash(text)).toContain('get pods');
    expect(judge(text)).toMatchObject({ effect: 'read' });
    expect(judge(text).unknown).toBeUndefined();
  });

  it.each(PLAIN)('is what is written where there are no links: %s', text => {
    expect(judge(text, {}).unknown).toBeUndefined();
  });
});

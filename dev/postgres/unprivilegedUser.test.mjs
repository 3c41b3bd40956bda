import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePasswd } from './unprivilegedUser.mjs';

test('users are read with the numbers of user and group', () => {
  const users = parsePasswd(
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533::/:/sbin/nologin\n\n',
  );
  assert.deepEqual(users.get('nobody'), { uid: 65534, gid: 65533 });
  assert.equal(users.get('postgres'), undefined);
});

import type { ExecutorInventory } from '../model';

const TOOLS = new Set(
  (
    'bash sh kubectl helm jq grep egrep awk sed head tail wc sort uniq cut tr cat tee ls find xargs date sleep mktemp ' +
    'dirname basename env timeout watch seq base64 diff column curl git rm cp mv mkdir touch stat tar gzip gunzip ' +
    'python3 openssl bc printf nproc free df du ps top uptime yq id whoami hostname uname sha256sum comm paste tac nl rev'
  ).split(' '),
);

/** What a machine has on which steps run: the usual tools and no network. */
export const INVENTORY: ExecutorInventory = {
  id: 'local',
  hasTool: name => TOOLS.has(name),
  hasNetwork: false,
};

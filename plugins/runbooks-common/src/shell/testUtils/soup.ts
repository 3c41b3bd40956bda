// Only tests import this, and fast-check is theirs.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';

const PIECES =
  "kubectl|get|delete|pods|-n|prod|<pod-name>|${X}|$Y|$(|`|)|\"|'|\\|\n|;|&|(|{|}|if|then|fi|for|x|in|do|done|<<EOF|EOF|<<-'E'|>|>>|<|2>&1|[[|]]|((|))|#|# a|$|$$|${|}|${a:-|{{x}}|[a b]|case|esac|;;|function|f()|=|A=1|export|bash -c|eval|xargs|rm -rf|sh|-c|*|?|~|!|SELECT * FROM x;|NAME  READY|{\"a\":1}|$ |user@h:~$ |\t|\r\n|<a|>>>|é|😀|\ue000|while true|until|time|<(|$((|awk '{|sed s/a/b/|curl -X|psql -c|ssh host|kubectl exec -it p --|--|-it|watch|XXX|your-x|POD_NAME"
    .split('|')
    .concat('|', '||', '&&', '|&');

/** Texts made of pieces that matter to a shell, in any order. */
export const soup: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(' ', ' ', ' ', '')),
    { maxLength: 30 },
  )
  .map(pieces => pieces.map(([piece, gap]) => piece + gap).join(''));

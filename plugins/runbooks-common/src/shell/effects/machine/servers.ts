import type { ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { changes, reads } from '../verdict';
import { destroyer, changer, looksUnless } from './ruleMakers';

/** Web and mail servers of a machine. */
export const serverTools: Record<string, ToolRule> = {
  nginx: call =>
    call.args.length > 0 &&
    call.args.every(one => /^-[tTvVqh]+$/.test(one.value))
      ? reads('checks the settings of nginx')
      : changes('starts, stops or reloads nginx'),
  apachectl: looksUnless(
    /^(?!configtest|-t|-S|-M|-v|-V|status|fullstatus)/,
    'looks at Apache',
    changes('starts, stops or reloads Apache'),
  ),
  haproxy: looksUnless(
    /^-(?!c$|f$|v|vv)/,
    'checks the settings of HAProxy',
    changes('starts HAProxy'),
  ),
  certbot: verbTool(
    'certbot',
    {
      values: 'd domain m email cert-name',
      flags: 'n non-interactive',
      rehearsal: ['dry-run'],
      bare: changes('asks for a certificate and sets the server up for it'),
    },
    `
read | certificates, show_account | lists certificates
change | renew, certonly, run, install, enhance, register, update_account, reconfigure | renews certificates
destructive | delete, revoke, unregister, rollback | removes certificates
`,
  ),
  mail: changer('sends mail:'),
  sendmail: changer('sends mail:'),
  postqueue: looksUnless(
    /^-(?!p|j)/,
    'lists waiting mail',
    changes('sends waiting mail'),
  ),
  postsuper: destroyer('deletes or moves waiting mail'),
};

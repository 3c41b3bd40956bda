import { asks } from '../interactive';
import { isOn } from '../options';
import type { ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { changes, reads } from '../verdict';
import { changer, looksUnless } from './ruleMakers';

const READ_PACKAGES =
  'list, search, show, info, policy, cache policy, check, check-update, depends, rdepends, history, history list, history info, repolist, provides, whatprovides, moo, madison, showpkg, stats, deps, outdated, config_, why, view, ls, freeze, check-upgrade, list installed, verify, doctor, version, download_, changelog, pkgnames, dumpavail, leaves, desc, uses, home';

function packages(tool: string, extra = ''): ToolRule {
  return verbTool(
    tool,
    {
      values: 't target-release c config-file o option n name r requirement',
      flags: 'y yes q qq assume-yes assumeyes no-install-recommends',
      after: (judged, options, call, _scene, verb) => {
        const confirmed =
          isOn(
            options,
            'y',
            'yes',
            'assume-yes',
            'assumeyes',
            'force-yes',
            'quiet',
            'q',
            'qq',
            'non-interactive',
            'n',
          ) ||
          /^(pip3?|apk|brew|gem|npm|snap)$/.test(tool) ||
          call.input !== undefined;
        if (
          isOn(options, 's', 'simulate', 'dry-run', 'just-print', 'no-act') &&
          /^apt/.test(tool)
        )
          return reads(`only rehearses: ${judged.because}`);
        return /^(install|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|reinstall|erase|downgrade|swap|groupinstall|update)$/.test(
          verb,
        ) &&
          !confirmed &&
          judged.effect !== 'read' &&
          !(verb === 'update' && /^apt/.test(tool))
          ? {
              ...judged,
              interactive: asks(`\`${tool} ${verb}\` asks whether to go on`),
            }
          : judged;
      },
    },
    `
read | ${READ_PACKAGES} | looks for packages
change | install, upgrade, dist-upgrade, full-upgrade, update, reinstall, add, build-dep, downgrade, groupinstall, localinstall, swap, refresh, makecache, clean, autoclean, mark, hold, unhold, link, tap, edit-sources, source, upgrade-minimal, config-manager, enable, disable, module, alias, set, connect, services, pin, unpin, cleanup, download, wheel, cache, config, switch, revert, history undo, history redo, history rollback, history new, history userinstalled_ | {does} software of the machine: {names}
destructive | remove, purge, autoremove, erase, uninstall, del, rm, autopurge, unlink, untap, delete | {does} software of the machine: {names}
${extra}`,
  );
}

/** Software of a machine. */
export const packageTools: Record<string, ToolRule> = {
  apt: packages('apt'),
  'apt-get': packages('apt-get'),
  'apt-cache': () => reads('looks for packages'),
  'apt-mark': looksUnless(
    /^(auto|manual|hold|unhold|minimize-manual|install|remove|purge)$/,
    'looks at packages',
    changes('marks packages'),
  ),
  yum: packages('yum'),
  dnf: packages('dnf'),
  microdnf: packages('microdnf'),
  zypper: packages('zypper'),
  apk: packages('apk'),
  pip: packages('pip'),
  pip3: packages('pip3'),
  pipx: packages('pipx'),
  gem: packages('gem'),
  brew: packages('brew', 'change | services | changes services: {names}'),
  snap: packages('snap'),
  choco: packages('choco'),
  asdf: packages('asdf'),
  pacman: looksUnless(
    /^-(?!Q|Ss|Si|Sl|Sg|F)/,
    'looks for packages',
    changes('changes the software of the machine'),
  ),
  rpm: looksUnless(
    /^-(?!q|V|-query|-verify|-qa)/,
    'looks at packages',
    changes('changes the software of the machine'),
  ),
  dpkg: looksUnless(
    /^-(?!l|L|s|S|p|-list|-status|-search|-get-selections|-print|-version|-verify|V|I|c|-info|-contents)/,
    'looks at packages',
    changes('changes the software of the machine'),
  ),
  'dpkg-query': () => reads('looks at packages'),
  'dpkg-reconfigure': changer('sets packages up again:'),
  'add-apt-repository': changer('adds a source of packages:'),
  'update-alternatives': looksUnless(
    /^--(?!display|list|query|get-selections)/,
    'looks at alternatives',
    changes('changes alternatives'),
  ),
  'update-ca-certificates': changer(
    'changes the certificates that the machine trusts',
  ),
  ldconfig: changer('changes where programs find libraries'),
};

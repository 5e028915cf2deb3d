import { defineModule } from '../define.ts';
import { planApt, reportApt } from './plan.ts';
import { inspectApt, lastingApt } from './task.ts';

export const apt = defineModule({
  name: 'apt',
  collection: 'ansible.builtin',
  summary: 'Manage packages of Debian and its kin',
  args: {
    package: {
      type: 'list',
      elements: 'str',
      aliases: ['name', 'pkg'],
      doc: 'Packages: names, `name=version`, `name>=version`, patterns; `*` with `latest` for all.',
    },
    state: {
      type: 'str',
      choices: ['absent', 'build-dep', 'fixed', 'latest', 'present'],
      default: 'present',
      doc: 'What the packages shall be.',
    },
    update_cache: { type: 'bool', aliases: ['update-cache'], doc: 'Update the package lists first.' },
    update_cache_retries: { type: 'int', default: 5, doc: 'How often an update of the lists is tried.' },
    update_cache_retry_max_delay: { type: 'int', default: 12, doc: 'Longest pause between tries, in seconds.' },
    cache_valid_time: { type: 'int', default: 0, doc: 'Seconds for which the lists are new enough.' },
    purge: { type: 'bool', default: false, doc: 'Remove configuration files too.' },
    deb: { type: 'path', doc: 'A package file on the host, or its URL.' },
    default_release: { type: 'str', aliases: ['default-release'], doc: 'Release to take packages from.' },
    install_recommends: { type: 'bool', aliases: ['install-recommends'], doc: 'Install recommended packages.' },
    force: { type: 'bool', default: false, doc: 'apt-get with --force-yes: unsafe.' },
    upgrade: {
      type: 'str',
      choices: ['dist', 'full', 'no', 'safe', 'yes'],
      default: 'no',
      doc: 'Upgrade all packages; `dist` and `full` may remove some.',
    },
    dpkg_options: {
      type: 'str',
      default: 'force-confdef,force-confold',
      doc: 'Options for dpkg, with commas between.',
    },
    autoremove: { type: 'bool', default: false, doc: 'Remove dependencies that are no longer needed.' },
    autoclean: { type: 'bool', default: false, doc: 'Remove old package files from the cache.' },
    fail_on_autoremove: { type: 'bool', default: false, doc: 'Fail if a package would have to be removed.' },
    policy_rc_d: { type: 'int', doc: 'Exit code of policy-rc.d meanwhile; 101 starts no service.' },
    only_upgrade: { type: 'bool', default: false, doc: 'Install nothing that is not there already.' },
    force_apt_get: { type: 'bool', default: false, doc: 'Taken for compatibility: apt-get is always used.' },
    clean: { type: 'bool', default: false, doc: 'Remove all package files from the cache.' },
    allow_unauthenticated: {
      type: 'bool',
      default: false,
      aliases: ['allow-unauthenticated'],
      doc: 'Accept packages that are not signed.',
    },
    allow_downgrade: {
      type: 'bool',
      default: false,
      aliases: ['allow-downgrade', 'allow_downgrades', 'allow-downgrades'],
      doc: 'Accept older versions.',
    },
    allow_change_held_packages: { type: 'bool', default: false, doc: 'Change packages on hold.' },
    lock_timeout: { type: 'int', default: 60, doc: "Seconds to wait for dpkg's lock." },
  },
  rules: {
    mutuallyExclusive: [['deb', 'package', 'upgrade']],
    requiredOneOf: [['autoremove', 'deb', 'package', 'update_cache', 'upgrade']],
  },
  inspect: inspectApt,
  basis: lastingApt,
  plan: planApt,
  report: reportApt,
  examples: `- apt:
    name: [tree, sudo]
    update_cache: true
    cache_valid_time: 3600`,
});

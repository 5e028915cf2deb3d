declare const TSPLAY_VERSION: string | undefined;

/** Put in when the bundle is made; from source it is a development version. */
export const VERSION = typeof TSPLAY_VERSION === 'string' ? TSPLAY_VERSION : '0.0.0-dev';

/** The version of Ansible whose language this is, as `ansible_version` says. */
export const LANGUAGE_VERSION = '2.18.0';

import { TsplayError } from '../model/errors.ts';
import { Deferred, type Raw } from '../model/value.ts';
import type { PlayFrame } from '../vars/frame.ts';
import type { RunContext } from './context.ts';

const NAMES = [
  'ansible_password',
  'ansible_ssh_password',
  'ansible_ssh_pass',
  'ansible_private_key_passphrase',
  'ansible_ssh_private_key_passphrase',
  'ansible_become_password',
  'ansible_become_pass',
  ...['sudo', 'su', 'doas'].flatMap((method) => [`ansible_${method}_password`, `ansible_${method}_pass`]),
];

/** Passwords of hosts are hidden before the first task, whether or not a connection needs them. */
export function concealCredentials(run: RunContext, frame: PlayFrame, hosts: readonly string[]): void {
  for (const host of hosts) {
    const scope = run.variables.scope(frame, host);
    for (const name of NAMES) {
      if (asksElsewhere(scope.raw(name))) continue;
      try {
        const value = scope.said(name);
        if (value !== undefined && value !== null) run.secret(String(value));
      } catch (error) {
        // What cannot be evaluated yet (a fact) is hidden when a connection uses it.
        if (!(error instanceof TsplayError)) throw error;
      }
    }
  }
}

/** A lookup may ask a slow store, or a person: not for a password that nobody uses. */
function asksElsewhere(raw: Raw | undefined): boolean {
  return raw instanceof Deferred && /lookup|query|\bq\b/.test(raw.text);
}

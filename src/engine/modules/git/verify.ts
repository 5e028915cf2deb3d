import type { Script } from '../../model/script.ts';
import { sh } from '../../remote/quote.ts';
import type { GitArgs } from './args.ts';
import { gitThere } from './shell.ts';

/**
 * Checks the signature of the version in the repository that is there; says nothing where it is good. Succeeds only
 * then. An annotated tag has a signature of its own.
 */
export function verification(args: GitArgs): Script {
  const git = gitThere(args);
  const { version, gpg_allowlist: allowed } = args;
  const said = `Failed to verify GPG signature of commit/tag "${version}"`;
  const kind = sh`verify=verify-commit; if [ "$(${git} cat-file -t ${`refs/tags/${version}`} 2>/dev/null)" = tag ]; then verify=verify-tag; fi`;
  const check = sh`signed=$(${git} "$verify" --raw ${version} 2>&1) || { echo ${said}; printf '%s\n' "$signed"; false; }`;
  if (allowed.length === 0) return sh`{ ${kind}; ${check}; }`;
  const word = `${allowed.join(' ')} `;
  // the key that signed, and last the primary key that it belongs to
  const keys = sh`keys=$(printf '%s\n' "$signed" | sed -n 's/^\[GNUPG:\] VALIDSIG //p')`;
  const listed = sh`case ${` ${word}`} in *" \${keys%% *} "*|*" \${keys##* } "*) ;; *) echo "The gpg_allowlist does not include the public key \"\${keys%% *}\" for this commit"; false;; esac`;
  return sh`{ ${kind}; ${check} && ${keys} && ${listed}; }`;
}

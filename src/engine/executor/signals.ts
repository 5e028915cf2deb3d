/**
 * Why a host leaves the straight way of its play. Thrown along the host's program only; no user sees one, but a phase
 * around tells the message, which holds nothing that `no_log` hides.
 */
export class TaskFailed extends Error {}

/** The host cannot be reached: no rescue, no always. */
export class HostLost extends Error {}

/** `meta: end_host`, `end_play`, `end_batch`: done, and not a failure. */
export class HostEnded extends Error {}

/** `meta: end_role`: on with what follows the role. */
export class RoleEnded extends Error {}

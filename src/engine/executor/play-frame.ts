import type { Play } from '../model/playbook.ts';
import type { PlayFrame, RunSettings } from '../vars/frame.ts';
import { isDependency, rolesIn } from './roles-in.ts';

type Chosen = Partial<Pick<PlayFrame, 'allHosts' | 'activeHosts' | 'activeBatch' | 'prompts'>>;

/** A play as variables see it: without hosts and answers unless they are given. */
export function frameOf(play: Play, settings: RunSettings, chosen: Chosen = {}): PlayFrame {
  const nobody = () => [];
  const roles = rolesIn([...play.roles, play.preTasks, play.tasks, play.postTasks]);
  return {
    play,
    settings,
    roles,
    namedRoles: roles.filter((role) => !isDependency(role)),
    prompts: new Map(),
    allHosts: [],
    activeHosts: nobody,
    activeBatch: nobody,
    ...chosen,
  };
}

"""Pods of busybox are run: as processes of the host and in its network, for want of containers. Of all others only the state is kept."""
import os
import signal
import subprocess
import tempfile

from . import clock

MESSAGE_BYTES = 2048  # of the end of a container's output, as its last words


class Processes:
    def __init__(self):
        self.running = {}  # by uid of the pod: (process, file of its output)

    def start(self, pod):
        """Starts what the first container says, if it is one to run."""
        if not is_run(pod):
            return
        container, output = pod['spec']['containers'][0], tempfile.TemporaryFile()
        environment = {'PATH': os.environ.get('PATH', '/usr/bin:/bin'), **{each['name']: each.get('value', '') for each in container.get('env') or []}}
        process = subprocess.Popen(container['command'] + (container.get('args') or []), env=environment, cwd='/', stdin=subprocess.DEVNULL,
                                   stdout=output, stderr=output, start_new_session=True)
        self.running[pod['metadata']['uid']] = process, output

    def ended(self, pod):
        """The status of a pod that has run to its end; None while it runs, and of pods that are not run."""
        found = self.running.get(pod['metadata']['uid'])
        if not is_run(pod) or (found and found[0].poll() is None):
            return None
        code = found[0].returncode if found else 137  # what ran before the agent was started anew is gone
        said = self._forget(pod, found) if found else ''
        container = pod['spec']['containers'][0]
        last_words = said if code and container.get('terminationMessagePolicy') == 'FallbackToLogsOnError' else ''
        state = {'exitCode': code, 'reason': 'Error' if code else 'Completed', 'finishedAt': clock.stamp(), 'message': last_words}
        return {**pod['status'], 'phase': 'Failed' if code else 'Succeeded', 'conditions': [
                    {**each, 'status': 'False' if each['type'] in ('Ready', 'ContainersReady') else each['status']} for each in pod['status']['conditions']],
                'containerStatuses': [{**pod['status']['containerStatuses'][0], 'ready': False, 'started': False, 'state': {'terminated': state}}]}

    def stop(self, pod):
        found = self.running.get(pod['metadata']['uid'])
        if found:
            if found[0].poll() is None:
                os.killpg(found[0].pid, signal.SIGKILL)
                found[0].wait()
            self._forget(pod, found)

    def _forget(self, pod, found):
        """What it said at last."""
        del self.running[pod['metadata']['uid']]
        _, output = found
        with output:
            output.seek(max(0, output.seek(0, os.SEEK_END) - MESSAGE_BYTES))
            return output.read().decode(errors='replace')


def is_run(pod):
    container = pod['spec'].get('containers', [{}])[0]
    return bool(container.get('command')) and container.get('image', '').rpartition('/')[2].startswith('busybox')

"""Approves and signs the requests of nodes for their certificates."""
import base64

from .. import clock, kinds, pki
from ..kubeconfig import encode

CLIENT_SIGNER, SERVING_SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet', 'kubernetes.io/kubelet-serving'
BOOTSTRAPPERS = 'system:bootstrappers'


def sign_requests(cluster):
    for request in cluster.list(kinds.SIGNING_REQUEST):
        status = request.get('status') or {}
        conditions = {each['type'] for each in status.get('conditions') or []}
        if not conditions and _is_nodes_own(request):
            conditions = {'Approved'}
            status = {**status, 'conditions': [{'type': 'Approved', 'status': 'True', 'reason': 'AutoApproved', 'lastUpdateTime': clock.stamp(),
                                                'message': 'Auto approving kubelet client certificate after SubjectAccessReview.'}]}
        if 'Approved' in conditions and not status.get('certificate') and 'Denied' not in conditions:
            text = base64.b64decode(request['spec']['request']).decode()
            days = max(1, int(request['spec'].get('expirationSeconds') or 365 * 86400) // 86400)
            status['certificate'] = encode(pki.sign(text, cluster.ca, cluster.ca_key, days=days))
            cluster.client.patch(kinds.SIGNING_REQUEST, None, request['metadata']['name'], {'status': status}, 'status')


def _is_nodes_own(request):
    """Whether a new node, or one that renews, asks for its client certificate: such are approved without anybody's doing."""
    spec = request['spec']
    groups = set(spec.get('groups') or [])
    return spec.get('signerName') == CLIENT_SIGNER and bool(groups & {BOOTSTRAPPERS, 'system:nodes'})

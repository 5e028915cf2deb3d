"""Paths and names of a kubeadm cluster."""

FOLDER = '/etc/kubernetes'
MANIFESTS = FOLDER + '/manifests'
PKI = FOLDER + '/pki'
ETCD_PKI = PKI + '/etcd'
ETCD_DATA = '/var/lib/etcd'
KUBELET = '/var/lib/kubelet'
ADMIN, SUPER_ADMIN = FOLDER + '/admin.conf', FOLDER + '/super-admin.conf'
KUBELET_CONFIG, BOOTSTRAP_CONFIG = FOLDER + '/kubelet.conf', FOLDER + '/bootstrap-kubelet.conf'
CONFIG_FILES = [
    FOLDER + '/%s.conf' % name for name in ('admin', 'super-admin', 'kubelet', 'bootstrap-kubelet', 'controller-manager', 'scheduler')
]
COMPONENTS = ('kube-apiserver', 'kube-controller-manager', 'kube-scheduler')
CRI_SOCKET = 'unix:///var/run/containerd/containerd.sock'
CONTROL_PLANE = 'node-role.kubernetes.io/control-plane'
EXCLUDE = 'node.kubernetes.io/exclude-from-external-load-balancers'
CONTROL_PLANE_TAINT = {'key': CONTROL_PLANE, 'effect': 'NoSchedule'}
ETCD_ANNOTATION = 'kubeadm.kubernetes.io/etcd.advertise-client-urls'
ENDPOINT_ANNOTATION = 'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint'
BOOTSTRAPPERS = 'system:bootstrappers:kubeadm:default-node-token'
ETCD_IMAGE = 'registry.k8s.io/etcd:3.5.12-0'
CERTIFICATES_TTL = 7200  # seconds: the life of uploaded certificates

# Seconds that kubeadm waits for what may take its time.
DISCOVERY, TLS_BOOTSTRAP, KUBELET_HEALTH, CONTROL_PLANE_UP, ETCD_CALL, API_CALL = 300, 300, 240, 240, 120, 60

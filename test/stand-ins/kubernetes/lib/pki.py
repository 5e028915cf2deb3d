"""Real keys and certificates, made by openssl."""
import hashlib
import os
import subprocess
import tempfile

PKI = '/etc/kubernetes/pki'
CA_CERT, CA_KEY = PKI + '/ca.crt', PKI + '/ca.key'
EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']


def openssl(*args, data=None):
    return subprocess.run(['openssl', *args], input=data, check=True, capture_output=True).stdout


def make_ca():
    os.makedirs(PKI, exist_ok=True)
    openssl('req', '-x509', *EC_KEY, '-days', '3650', '-subj', '/CN=kubernetes', '-keyout', CA_KEY, '-out', CA_CERT,
            '-addext', 'keyUsage=critical,digitalSignature,keyEncipherment,keyCertSign')
    os.chmod(CA_KEY, 0o600)


def make_request(name, group=None):
    """A fresh key and a request to sign it: both PEM."""
    subject = ('/O=%s' % group if group else '') + '/CN=' + name
    with tempfile.TemporaryDirectory() as folder:
        key = folder + '/key'
        request = openssl('req', '-new', *EC_KEY, '-subj', subject, '-keyout', key)
        with open(key) as file:
            return file.read(), request.decode()


def sign(request, names=()):
    """Signs a request with this host's CA; `names` are subject alternative names such as IP:192.0.2.1."""
    extension = 'keyUsage=digitalSignature\n' + ('subjectAltName=%s\n' % ','.join(names) if names else '')
    with tempfile.TemporaryDirectory() as folder:
        path = folder + '/extension'
        with open(path, 'w') as file:
            file.write(extension)
        return openssl('x509', '-req', '-CA', CA_CERT, '-CAkey', CA_KEY, '-days', '365', '-extfile', path,
                       '-set_serial', '0x' + os.urandom(8).hex(), data=request.encode()).decode()


def ca_hash(pem):
    """What --discovery-token-ca-cert-hash pins: the digest of the CA's public key."""
    public = openssl('x509', '-pubkey', '-noout', data=pem.encode())
    return 'sha256:' + hashlib.sha256(openssl('pkey', '-pubin', '-outform', 'der', data=public)).hexdigest()

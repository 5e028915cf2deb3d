"""Real keys and certificates, made by openssl."""
import hashlib
import os
import ssl
import subprocess
import tempfile

from .files import write

EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']


def openssl(*args, data=None):
    return subprocess.run(['openssl', *args], input=data, check=True, capture_output=True).stdout


def make_authority(certificate, key, name, days=3650):
    os.makedirs(os.path.dirname(certificate), exist_ok=True)
    openssl('req', '-x509', *EC_KEY, '-days', str(days), '-subj', '/CN=' + name, '-keyout', key, '-out', certificate,
            '-addext', 'keyUsage=critical,digitalSignature,keyEncipherment,keyCertSign')
    os.chmod(key, 0o600)


def make_request(name, group=None):
    """A fresh key and a request to sign it: both PEM."""
    subject = ('/O=%s' % group if group else '') + '/CN=' + name
    with tempfile.TemporaryDirectory() as folder:
        key = folder + '/key'
        request = openssl('req', '-new', *EC_KEY, '-subj', subject, '-keyout', key)
        with open(key) as file:
            return file.read(), request.decode()


def sign(request, ca, ca_key, names=(), days=365):
    """Signs a request with a CA; `names` are subject alternative names such as IP:192.0.2.1."""
    extension = 'keyUsage=digitalSignature\nextendedKeyUsage=serverAuth,clientAuth\n'
    extension += 'subjectAltName=%s\n' % ','.join(names) if names else ''
    with tempfile.TemporaryDirectory() as folder:
        path = folder + '/extension'
        with open(path, 'w') as file:
            file.write(extension)
        return openssl('x509', '-req', '-CA', ca, '-CAkey', ca_key, '-days', str(days), '-extfile', path,
                       '-set_serial', '0x' + os.urandom(8).hex(), data=request.encode()).decode()


def issue(certificate, key, ca, ca_key, name, group=None, names=(), days=365):
    """Writes a fresh key and its certificate."""
    secret, request = make_request(name, group)
    write(certificate, sign(request, ca, ca_key, names, days))
    write(key, secret, 0o600)


def ca_hash(pem):
    """What --discovery-token-ca-cert-hash pins: the digest of the CA's public key."""
    public = openssl('x509', '-pubkey', '-noout', data=pem.encode())
    return 'sha256:' + hashlib.sha256(openssl('pkey', '-pubin', '-outform', 'der', data=public)).hexdigest()


def expiry(certificate):
    """(subject's text, end of life as seconds since 1970) of a certificate in PEM."""
    text = openssl('x509', '-noout', '-subject', '-enddate', data=certificate.encode()).decode()
    subject, end = (line.split('=', 1)[1].strip() for line in text.splitlines()[:2])
    return subject, ssl.cert_time_to_seconds(end)

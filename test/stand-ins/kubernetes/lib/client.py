"""Talks to an API server over TLS."""
import http.client
import json
import ssl
from urllib.parse import urlsplit

import kubeconfig


class ApiError(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Client:
    def __init__(self, server, context, headers=None):
        self.server, self.context, self.headers = server, context, headers or {}

    @classmethod
    def of_kubeconfig(cls, path, context=None):
        server, ca, client = kubeconfig.credentials_files(path, context)
        trust = ssl.create_default_context(cafile=ca)
        trust.load_cert_chain(client)
        return cls(server, trust)

    @classmethod
    def of_token(cls, server, ca, token):
        return cls(server, ssl.create_default_context(cadata=ca), {'Authorization': 'Bearer ' + token})

    @classmethod
    def anonymous(cls, server):
        trust = ssl.create_default_context()
        trust.check_hostname = False  # discovery: the CA is checked by its hash afterwards
        trust.verify_mode = ssl.CERT_NONE
        return cls(server, trust)

    def call(self, method, path, body=None, timeout=10):
        """The decoded answer. Raises ApiError for a refusal and OSError where nobody answers."""
        address = urlsplit(self.server)
        connection = http.client.HTTPSConnection(address.hostname, address.port or 6443, timeout=timeout, context=self.context)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, self.headers)
            response = connection.getresponse()
            text = response.read().decode()
        except http.client.HTTPException as error:
            raise OSError(str(error))
        finally:
            connection.close()
        answer = json.loads(text) if response.getheader('Content-Type') == 'application/json' else text
        if response.status >= 400:
            message = answer.get('message') if isinstance(answer, dict) else text
            raise ApiError(response.status, message)
        return answer

"""How the API says no."""

REASONS = {400: 'BadRequest', 401: 'Unauthorized', 403: 'Forbidden', 404: 'NotFound', 405: 'MethodNotAllowed', 409: 'Conflict',
           422: 'Invalid', 429: 'TooManyRequests', 503: 'ServiceUnavailable', 504: 'Timeout'}


class ApiError(Exception):
    def __init__(self, code, message, reason=None, details=None):
        super().__init__(message)
        self.code, self.details = code, details
        self.reason = REASONS.get(code, '') if reason is None else reason

    def status(self):
        return {'kind': 'Status', 'apiVersion': 'v1', 'metadata': {}, 'status': 'Failure', 'message': str(self),
                'reason': self.reason, 'code': self.code, **({'details': self.details} if self.details else {})}


def not_found(kind, name):
    return ApiError(404, '%s "%s" not found' % (kind.full_name, name), details={'name': name, 'kind': kind.full_name})


def already_exists(kind, name):
    return ApiError(409, '%s "%s" already exists' % (kind.full_name, name), 'AlreadyExists')


def conflict(kind, name):
    return ApiError(409, 'Operation cannot be fulfilled on %s "%s": the object has been modified; please apply your changes to '
                         'the latest version and try again' % (kind.full_name, name))


def invalid(kind, name, problem):
    return ApiError(422, '%s "%s" is invalid: %s' % (kind.kind + ('.' + kind.group if kind.group else ''), name, problem))

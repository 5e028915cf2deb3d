"""Answers questions for A records over UDP, as little of DNS as a resolver of libc needs."""
import ipaddress
import socket
import struct

A, IN = 1, 1
NAME_ERROR = 3
# Flags of an answer: a response, authoritative, recursion available.
RESPONSE = 0x8480


def serve(records, port=53):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(('', port))
        while True:
            question, client = server.recvfrom(512)
            try:
                server.sendto(answer(question, records), client)
            except (IndexError, struct.error, UnicodeDecodeError):
                pass  # no question at all


def answer(message, records):
    """The datagram that answers another one; `records` are lists of {'address', 'ttl'} by name."""
    identity, flags = struct.unpack('!HH', message[:4])
    name, end = read_name(message, 12)
    kind, group = struct.unpack('!HH', message[end:end + 4])
    found = records.get(name, [])
    given = found if (kind, group) == (A, IN) else []
    code = 0 if found else NAME_ERROR
    head = struct.pack('!HHHHHH', identity, RESPONSE | flags & 0x0100 | code, 1, len(given), 0, 0)
    # 0xC00C points to the name in the question.
    body = b''.join(struct.pack('!HHHIH', 0xC00C, A, IN, each['ttl'], 4) + ipaddress.IPv4Address(each['address']).packed for each in given)
    return head + message[12:end + 4] + body


def read_name(message, at):
    labels = []
    while message[at]:
        labels.append(message[at + 1:at + 1 + message[at]].decode('ascii').lower())
        at += 1 + message[at]
    return '.'.join(labels), at + 1

"""Carries bytes over TCP between network namespaces, one connection after the other, so that Python, which is slow to start in an
emulated guest, is started once. Asked in lines "FROM TO ADDRESS MEGABYTES": namespaces of /run/netns, and an address of the
second. Answers each in a line: "ok", or what went wrong."""
import ctypes, hashlib, os, socket, sys, threading, time

CLONE_NEWNET = 0x40000000
PORT = 5001
libc = ctypes.CDLL(None, use_errno=True)


def enter(namespace):
    """Sockets made from now on are in that namespace, for good."""
    with open("/run/netns/" + namespace) as file:
        if libc.setns(file.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "cannot enter the namespace " + namespace)


def receive(server, received):
    try:
        peer, _ = server.accept()
        digest, count = hashlib.sha256(), 0
        while data := peer.recv(1 << 20):
            digest.update(data)
            count += len(data)
        received.append((count, digest.hexdigest()))
    except OSError as failure:
        received.append(failure)


def transfer(source, target, address, megabytes):
    limit = 60 + 3 * megabytes
    enter(target)
    with socket.create_server((address, PORT), family=socket.AF_INET6 if ":" in address else socket.AF_INET) as server:
        server.settimeout(limit)
        socket.setdefaulttimeout(limit)
        received = []
        receiver = threading.Thread(target=receive, args=(server, received), daemon=True)
        receiver.start()
        enter(source)
        digest, count, block = hashlib.sha256(), 0, os.urandom(1 << 20)
        with socket.create_connection((address, PORT), limit) as peer:
            for _ in range(megabytes):
                peer.sendall(block)
                digest.update(block)
                count += len(block)
        receiver.join(limit)
    if received != [(count, digest.hexdigest())]:
        raise OSError(f"{count} bytes ({digest.hexdigest()}) became {received or 'nothing in time'}")


for line in sys.stdin:
    try:
        source, target, address, megabytes = line.split()
        transfer(source, target, address, int(megabytes))
        print("ok", flush=True)
    except OSError as failure:
        print(failure, flush=True)

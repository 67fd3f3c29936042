package org.isthmus.linux.libc;

import com.kenai.jffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/**
 * The calls of the C library that this bundle uses, bound by jnr-ffi; it is public only because jnr-ffi's generated class must see
 * it. A Java {@code long} is a C long here: pointers and sizes are passed as raw addresses, right on 32 and on 64 bits. Every call
 * answers as in C: -1 says that {@link #errno()} tells why.
 *
 * <p>No call here has six arguments that are all numbers: jnr-ffi 2.3.4 on x86-64 passes the sixth wrong (seen with sendto). With a
 * text among them it takes another way, which is right.
 */
public interface LibC {

    /** The bound library; it can not be unloaded. */
    LibC C = LibraryLoader.create(LibC.class).load("libc.so.6");

    /** Size of a pointer, a long and a size_t on this machine. */
    int WORD_BYTES = Runtime.getSystemRuntime().addressSize();

    /** The errno of this thread's last call. */
    static int errno() {
        return LastError.getInstance().get();
    }

    /** The result of a call, or its negative errno. */
    static int orNegativeErrno(long result) {
        return result < 0 ? -errno() : (int) result;
    }

    int socket(int domain, int type, int protocol);

    int socketpair(int domain, int type, int protocol, long descriptors);

    int bind(int fd, long address, int length);

    int connect(int fd, long address, int length);

    int getsockname(int fd, long address, long length);

    int setsockopt(int fd, int level, int option, long value, int length);

    int getsockopt(int fd, int level, int option, long value, long length);

    long send(int fd, long data, long length, int flags);

    long recv(int fd, long data, long length, int flags);

    long sendmsg(int fd, long message, int flags);

    long recvmsg(int fd, long message, int flags);

    int sendmmsg(int fd, long messages, int count, int flags);

    int recvmmsg(int fd, long messages, int count, int flags, long timeout);

    long read(int fd, long data, long length);

    long write(int fd, long data, long length);

    int open(String path, int flags, int mode);

    int close(int fd);

    int ioctl(int fd, long request, long argument);

    int fcntl(int fd, int command, long argument);

    int epoll_create1(int flags);

    int epoll_ctl(int epoll, int operation, int fd, long event);

    int epoll_wait(int epoll, long events, int count, int timeoutMillis);

    int eventfd(int initial, int flags);

    int if_nametoindex(String name);

    int unshare(int flags);

    int setns(int fd, int type);

    int pipe2(long descriptors, int flags);

    int mkfifo(String path, int mode);

    int memfd_create(String name, int flags);

    int fchmod(int fd, int mode);

    int mount(String source, String target, String type, long flags, long data);

    /** Answers with the error itself, and sets no errno; so do those below that prepare it. */
    int posix_spawn(long pid, String path, long actions, long attributes, long arguments, long environment);

    int posix_spawn_file_actions_init(long actions);

    int posix_spawn_file_actions_destroy(long actions);

    int posix_spawn_file_actions_adddup2(long actions, int from, int to);

    int posix_spawn_file_actions_addclosefrom_np(long actions, int first);

    int posix_spawnattr_init(long attributes);

    int posix_spawnattr_destroy(long attributes);

    int posix_spawnattr_setflags(long attributes, short flags);

    int posix_spawnattr_setsigdefault(long attributes, long signals);

    int waitpid(int pid, long status, int options);

    int kill(int pid, int signal);

    long syscall(long number, long first, long second);
}

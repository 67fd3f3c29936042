package org.isthmus.linux.libc;

import java.util.Locale;

/**
 * What differs between the machines that Linux runs on: the size of a word, the packing of epoll_event, and the numbers that
 * MIPS has of its own.
 *
 * @param wordBytes size of a pointer, a long and a size_t: 4 or 8
 * @param shortEpollEvent true where epoll_event has no gap between its two fields (x86)
 * @param mips true where the constants of MIPS hold
 */
public record Abi(int wordBytes, boolean shortEpollEvent, boolean mips) {

    /** This machine. */
    public static final Abi HOST = of(System.getProperty("os.arch"), LibC.WORD_BYTES);

    /** The layout of a machine that Java calls {@code arch} (the property os.arch). */
    public static Abi of(String arch, int wordBytes) {
        String machine = arch.toLowerCase(Locale.ROOT);
        boolean x86 = machine.equals("amd64") || machine.equals("x86_64") || machine.equals("x86") || machine.matches("i[3-6]86");
        return new Abi(wordBytes, x86, machine.startsWith("mips"));
    }

    private int pick(int usual, int onMips) {
        return mips ? onMips : usual;
    }

    // struct iovec { void *base; size_t len; }

    public int iovecBytes() {
        return 2 * wordBytes;
    }

    // struct msghdr { void *name; u32 namelen; iovec *iov; size_t iovlen; void *control; size_t controllen; int flags; }

    public int msgName() {
        return 0;
    }

    public int msgNameLength() {
        return wordBytes;
    }

    public int msgIov() {
        return 2 * wordBytes;
    }

    public int msgIovCount() {
        return 3 * wordBytes;
    }

    public int msgControl() {
        return 4 * wordBytes;
    }

    public int msgControlLength() {
        return 5 * wordBytes;
    }

    public int msgFlags() {
        return 6 * wordBytes;
    }

    public int msghdrBytes() {
        return 7 * wordBytes;
    }

    // struct mmsghdr { struct msghdr hdr; unsigned len; }

    public int mmsgLength() {
        return msghdrBytes();
    }

    public int mmsghdrBytes() {
        return 8 * wordBytes;
    }

    // struct cmsghdr { size_t len; int level; int type; } then the data, each part aligned to a word

    public int cmsgLevel() {
        return wordBytes;
    }

    public int cmsgType() {
        return wordBytes + 4;
    }

    public int cmsgHeaderBytes() {
        return alignToWord(wordBytes + 8);
    }

    public int alignToWord(int bytes) {
        return (bytes + wordBytes - 1) & -wordBytes;
    }

    // struct epoll_event { u32 events; u64 data; }

    public int epollData() {
        return shortEpollEvent ? 4 : 8;
    }

    public int epollEventBytes() {
        return shortEpollEvent ? 12 : 16;
    }

    // struct ifreq { char name[16]; union { short flags; struct ifmap map; ... } }

    public int ifreqBytes() {
        return wordBytes == 8 ? 40 : 32;
    }

    // Flags of open, socket, epoll_create1 and eventfd: the same two bits everywhere.

    public int nonBlock() {
        return pick(0x800, 0x80);
    }

    public int closeOnExec() {
        return 0x80000;
    }

    public int sockDgram() {
        return pick(2, 1);
    }

    public int sockRaw() {
        return 3;
    }

    // Options of SOL_SOCKET.

    public int solSocket() {
        return pick(1, 0xffff);
    }

    public int soReuseAddr() {
        return pick(2, 4);
    }

    public int soReusePort() {
        return pick(15, 0x200);
    }

    public int soSndBuf() {
        return pick(7, 0x1001);
    }

    public int soRcvBuf() {
        return pick(8, 0x1002);
    }

    public int soSndBufForce() {
        return pick(32, 31);
    }

    public int soRcvBufForce() {
        return 33;
    }

    public int soDomain() {
        return pick(39, 0x1029);
    }

    public int soRcvTimeout() {
        return pick(20, 0x1006);
    }

    public int soSendTimeout() {
        return pick(21, 0x1005);
    }

    public int soNoCheck() {
        return 11;
    }

    public int soBindToDevice() {
        return 25;
    }

    public int soMark() {
        return 36;
    }

    /** The number of an ioctl that writes {@code bytes} to the kernel: _IOW(group, number, ...). */
    public long iow(int group, int number, int bytes) {
        return ioctl(mips ? 0x80000000L : 0x40000000L, group, number, bytes);
    }

    /** The number of an ioctl that reads {@code bytes} from the kernel: _IOR(group, number, ...). */
    public long ior(int group, int number, int bytes) {
        return ioctl(mips ? 0x40000000L : 0x80000000L, group, number, bytes);
    }

    /** The number of an ioctl that does both: _IOWR(group, number, ...). */
    public long iowr(int group, int number, int bytes) {
        return ioctl(0xc0000000L, group, number, bytes);
    }

    /** The number of an ioctl without an argument: _IO(group, number). */
    public long io(int group, int number) {
        return ioctl(mips ? 0x20000000L : 0, group, number, 0);
    }

    private static long ioctl(long direction, int group, int number, int bytes) {
        return direction | (long) bytes << 16 | (long) group << 8 | number;
    }

    // struct ppp_option_data { u8 *ptr; u32 length; int transmit; }

    public int pppOptionBytes() {
        return wordBytes + 8;
    }

    // struct sock_fprog { u16 length; struct sock_filter *instructions; }

    public int sockFprogBytes() {
        return 2 * wordBytes;
    }
}

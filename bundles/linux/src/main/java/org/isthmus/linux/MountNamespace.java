package org.isthmus.linux;

import org.isthmus.linux.libc.LibC;

import java.nio.file.Path;

/**
 * What a thread sees of the file system, and the children that it starts. A thread that has entered a new one may change it without
 * anybody else's noticing. Needs CAP_SYS_ADMIN.
 */
public final class MountNamespace {

    private static final int CLONE_NEWNS = 0x20000;
    private static final long MS_BIND = 0x1000;
    private static final long MS_REC = 0x4000;
    private static final long MS_PRIVATE = 1 << 18;

    private MountNamespace() {
    }

    /** Moves the calling thread into a copy of its mount namespace, from which nothing goes back to the original. */
    public static void enterNew() throws LinuxException {
        if (LibC.C.unshare(CLONE_NEWNS) < 0) {
            throw new LinuxException("make a mount namespace", LibC.errno());
        }
        mount("none", "/", MS_REC | MS_PRIVATE);
    }

    /** Shows one folder in the place of another. */
    public static void bind(Path folder, Path inPlaceOf) throws LinuxException {
        mount(folder.toString(), inPlaceOf.toString(), MS_BIND);
    }

    private static void mount(String source, String target, long flags) throws LinuxException {
        if (LibC.C.mount(source, target, null, flags, 0) < 0) {
            throw new LinuxException("mount " + source + " on " + target, LibC.errno());
        }
    }
}

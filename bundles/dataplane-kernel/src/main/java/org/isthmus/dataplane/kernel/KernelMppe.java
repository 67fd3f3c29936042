package org.isthmus.dataplane.kernel;

import org.isthmus.api.dataplane.EncryptionKeys;
import org.isthmus.linux.KernelModules;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.ppp.PppUnit;
import org.isthmus.linux.ppp.PppUnit.Compression;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * MPPE of a PPP session in the kernel. It is given the keys beforehand and reads from CCP's frames, which pass through the unit, how long they are
 * to be and whether there is state. For the system's thread.
 */
final class KernelMppe {

    private static final String MODULE = "ppp_mppe";
    private static final String MODULE_MISSING = "EINVAL";
    /** The option of MPPE: type 18, 6 bytes, of which the last four are read from CCP. */
    private static final byte[] OPTION = {18, 6, 0, 0, 0, 0};

    private final PppUnit unit;

    KernelMppe(PppUnit unit) {
        this.unit = unit;
    }

    /** Gets ready for CCP, and ends what was before. */
    void prepare(EncryptionKeys keys) throws LinuxException {
        unit.compression(Compression.OFF);
        try {
            if (!give(keys)) {
                KernelModules.load(List.of(MODULE)); // a process that takes its time: not for each session
                compress(keys);
            }
        } catch (LinuxException refused) {
            throw switch (refused.errnoName()) {
                case MODULE_MISSING -> new LinuxException(Kernel.lacks("MPPE", MODULE), refused.errno());
                case "ENOBUFS" -> new LinuxException("use MPPE, whose cipher is RC4 (refused in FIPS mode, and without the module arc4)",
                        refused.errno());
                default -> refused;
            };
        }
        unit.compression(Compression.NEGOTIATED);
    }

    /** False if the kernel's module is not there. */
    private boolean give(EncryptionKeys keys) throws LinuxException {
        try {
            compress(keys);
            return true;
        } catch (LinuxException refused) {
            if (refused.errnoName().equals(MODULE_MISSING)) {
                return false;
            }
            throw refused;
        }
    }

    private void compress(EncryptionKeys keys) throws LinuxException {
        unit.compress(option(keys.send()), true);
        unit.compress(option(keys.receive()), false);
    }

    private static byte[] option(byte[] key) {
        return ByteBuffer.allocate(OPTION.length + key.length).put(OPTION).put(key).array();
    }

    /** CCP is open. */
    void begin() throws LinuxException {
        if (!unit.compresses()) {
            throw new IllegalStateException("it has not begun to, though CCP has agreed on it");
        }
        unit.compression(Compression.REQUIRED);
    }

    /** CCP is no longer open. */
    void end() throws LinuxException {
        unit.compression(Compression.OFF);
    }
}

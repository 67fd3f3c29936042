package org.isthmus.linux.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.util.Arrays;

class LibCTest {

    @Test
    void noBoundCallHasSixNumbers() {
        for (Method method : LibC.class.getDeclaredMethods()) {
            boolean numbers = Arrays.stream(method.getParameterTypes()).allMatch(Class::isPrimitive);
            assertTrue(!numbers || method.getParameterCount() <= 5,
                    () -> method + ": jnr-ffi passes a sixth number wrong on x86-64");
        }
    }

    @Test
    void structuresHaveTheSizesOfTheKernelsHeaders() {
        Abi amd64 = Abi.of("amd64", 8);
        Abi arm64 = Abi.of("aarch64", 8);
        Abi arm = Abi.of("arm", 4);
        Abi i386 = Abi.of("i386", 4);
        Abi mips = Abi.of("mips64el", 8);

        assertEquals("56 64 16 16 40 12 4", sizes(amd64));
        assertEquals("56 64 16 16 40 16 8", sizes(arm64));
        assertEquals("28 32 8 12 32 16 8", sizes(arm));
        assertEquals("28 32 8 12 32 12 4", sizes(i386));
        assertEquals("56 64 16 16 40 16 8", sizes(mips));
        assertEquals(0x400454caL, amd64.iow('T', 202, 4));
        assertEquals(0x800454caL, mips.iow('T', 202, 4));
    }

    private static String sizes(Abi abi) {
        return abi.msghdrBytes() + " " + abi.mmsghdrBytes() + " " + abi.iovecBytes() + " " + abi.cmsgHeaderBytes() + " " + abi.ifreqBytes()
                + " " + abi.epollEventBytes() + " " + abi.epollData();
    }
}

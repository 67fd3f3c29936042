package org.isthmus.dataplane.kernel;

import org.isthmus.linux.Errno;
import org.isthmus.linux.KernelModules;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.l2tp.L2tpFamily;
import org.isthmus.linux.netlink.NetlinkSocket;
import org.isthmus.linux.ppp.PppDevice;

import java.util.List;
import java.util.Optional;

/**
 * What the kernel of this machine has of L2TP and PPP.
 *
 * @param l2tp      its netlink family, if it can be used
 * @param objection why it cannot be used, and what to do
 * @param pppLack   why it carries no PPP, and what to do
 */
record Kernel(Optional<L2tpFamily> l2tp, Optional<String> objection, Optional<String> pppLack) {

    private static final List<String> L2TP_MODULES = List.of("l2tp_netlink", "l2tp_eth");
    private static final List<String> PPP_MODULES = List.of("ppp_generic", "l2tp_ppp");
    private static final String WHERE = ": load it on the host with modprobe, and see to it that the kernel's package has it (Debian:"
            + " linux-image-amd64 and not the cloud kernel; Ubuntu: linux-modules-extra; Fedora and RHEL: kernel-modules-extra)";

    /** Looks, and loads modules that are missing. */
    static Kernel probe() {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.GENERIC)) {
            Optional<L2tpFamily> family = L2tpFamily.find(socket);
            if (family.isEmpty()) {
                KernelModules.load(L2TP_MODULES);
                family = L2tpFamily.find(socket);
            }
            if (family.isEmpty()) {
                return unusable("this kernel has no L2TP, its module l2tp_netlink is missing" + WHERE);
            }
            socket.dump(family.get().listTunnels(), family.get()::tunnelId); // refused without the right to it
            return new Kernel(family, Optional.empty(), probePpp());
        } catch (LinuxException refused) {
            return unusable(refused.errno() == Errno.EPERM
                    ? "the process may not use the kernel's L2TP: it needs the capability CAP_NET_ADMIN" : refused.getMessage());
        }
    }

    /** What the operator reads where a module is missing. */
    static String lacks(String what, String module) {
        return "this kernel has no " + what + ", its module " + module + " is missing" + WHERE;
    }

    private static Kernel unusable(String why) {
        return new Kernel(Optional.empty(), Optional.of(why), Optional.of(why));
    }

    private static Optional<String> probePpp() {
        KernelModules.load(PPP_MODULES);
        try {
            PppDevice.probe();
            return Optional.empty();
        } catch (LinuxException refused) {
            return Optional.of(switch (refused.errnoName()) {
                case "EPERM", "EACCES" -> "the process may not open /dev/ppp: it needs the capability CAP_NET_ADMIN";
                case "ENOENT" -> "there is no /dev/ppp: pass it into the container, or make it with \"mknod /dev/ppp c 108 0\"";
                default -> "this kernel has no PPP, its modules ppp_generic and l2tp_ppp are missing" + WHERE;
            });
        }
    }
}

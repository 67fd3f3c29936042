package org.isthmus.itests.plugins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import org.isthmus.api.config.AddressRange;
import org.isthmus.api.config.Block;
import org.isthmus.api.pool.AddressPool;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolException;
import org.isthmus.api.pool.PoolStatus;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/**
 * Address pools, which are asked on threads of their own. The file has the pool "vendor" too, since profiles name it, but the appliance's
 * own lender has no address for it.
 */
public class AddressPoolTest extends ServiceTest {

    /** Lends addresses from 10.77.0.2 on to those who ask for the pool "vendor". */
    private static final class Pool implements AddressPool {
        private final Set<InetAddress> out = ConcurrentHashMap.newKeySet();
        private final Trouble trouble = new Trouble();

        @Override
        public CompletionStage<Lease> lend(LeaseRequest request) {
            if (!request.pool().equals("vendor")) {
                return CompletableFuture.failedFuture(new PoolException(PoolException.Reason.NO_SUCH_POOL, "not here"));
            }
            trouble.happens();
            long number = 0x0a4d0002L;
            while (!out.add(AddressRange.toAddress(number))) {
                number++;
            }
            return CompletableFuture.completedFuture(new Lease("vendor", AddressRange.toAddress(number),
                    Optional.of(AddressRange.toAddress(0x0a4d0001L)), request.holder()));
        }

        @Override
        public void takeBack(Lease lease) {
            out.remove(lease.address());
        }

        @Override
        public boolean adopt(Lease lease) {
            return lease.pool().equals("vendor") && out.add(lease.address());
        }

        @Override
        public void configure(List<Block> pools) {
        }

        @Override
        public List<PoolStatus> status() {
            return List.of();
        }
    }

    @Test
    public void arrivesLateAndLeaves() throws Exception {
        tunnel("pooled");
        fails("pooled", call("pooled", "early"));
        Pool pool = new Pool();
        ServiceRegistration<AddressPool> plugin = plugIn(AddressPool.class, pool, 10);
        comesUp("pooled", call("pooled", "meanwhile"));
        assertEquals(1, pool.out.size());
        leaves(plugin);
        fails("pooled", call("pooled", "late"));
        comesUp("pooled", "meanwhile");
        hasGone("address pool");
    }

    @Test
    public void isUpdatedAndLendsNothingThatIsOut() throws Exception {
        tunnel("pooled");
        Pool old = new Pool();
        ServiceRegistration<AddressPool> first = plugIn(AddressPool.class, old, 10);
        comesUp("pooled", call("pooled", "one"));
        Pool fresh = new Pool();
        plugIn(AddressPool.class, fresh, 11);
        eventually("adopted", () -> fresh.out.equals(old.out));
        leaves(first);
        comesUp("pooled", call("pooled", "two"));
        assertEquals(2, fresh.out.size());
        admin().deleteSession("pooled/one", "enough");
        eventually("taken back", () -> fresh.out.size() == 1);
    }

    @Test
    public void throwsAndIsSetAside() throws Exception {
        tunnel("pooled");
        Pool broken = new Pool();
        broken.trouble.throwFromNowOn();
        plugIn(AddressPool.class, broken, 20);
        ServiceRegistration<AddressPool> sound = plugIn(AddressPool.class, new Pool(), 10);
        for (int i = 0; i < 6; i++) {
            comesUp("pooled", call("pooled", "s" + i));
        }
        leaves(sound);
        assertTrue(record("address pool").failures() >= 5 || record("address pool").lastFailure().equals("broken by the test"));
    }

    @Test
    public void blocksAndIsPassedOver() throws Exception {
        tunnel("pooled");
        Pool stuck = new Pool();
        stuck.trouble.blockFromNowOn();
        plugIn(AddressPool.class, stuck, 20);
        Pool sound = new Pool();
        ServiceRegistration<AddressPool> other = plugIn(AddressPool.class, sound, 10);
        call("pooled", "patient");
        eventually(25, "session with an address of the other one", () -> session("pooled", "patient").upSince().isPresent()
                && sound.out.size() == 1);
        leaves(other);
        eventually("overdue", () -> record("address pool").overdue() >= 1);
        stuck.trouble.isOver();
    }
}

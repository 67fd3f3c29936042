package org.isthmus.console;

import static org.isthmus.console.text.Table.numbers;
import static org.isthmus.console.text.Table.words;

import java.util.Comparator;
import java.util.List;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.isthmus.api.pool.AddressPool;
import org.isthmus.api.pool.PoolStatus;
import org.isthmus.console.text.Format;
import org.isthmus.console.text.Table;

/** All address pools. */
@Service
@Command(scope = "l2tp", name = "pool-list", description = "Lists the address pools and how full they are",
        detailedDescription = "Example:\n  l2tp:pool-list\n  l2tp:pool-list --json")
public class PoolListCommand extends ShowCommand {

    @Override
    protected View view() {
        List<PoolStatus> pools = services().all(AddressPool.class).stream().flatMap(pool -> pool.status().stream())
                .sorted(Comparator.comparing(PoolStatus::name)).toList();
        return new View(pools, () -> table(pools));
    }

    private static Table table(List<PoolStatus> pools) {
        Table table = new Table("No address pools. An ippool block in l2tpd.conf makes one (l2tp:config-help ippool).",
                words("NAME"), numbers("SIZE"), numbers("LENT"), numbers("FREE"), numbers("RESERVED").ifThereIsRoom(),
                numbers("REFUSALS"), words("DRAINING"));
        for (PoolStatus pool : pools) {
            table.add(pool.name(), pool.size(), pool.lent(), pool.size() - pool.lent(), pool.reserved(),
                    pool.refusals(), Format.yesNo(pool.draining()));
        }
        return table;
    }
}

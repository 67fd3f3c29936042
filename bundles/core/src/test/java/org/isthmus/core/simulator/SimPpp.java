package org.isthmus.core.simulator;

import java.util.ArrayList;
import java.util.List;

import org.isthmus.api.ppp.PppPort;
import org.isthmus.api.ppp.PppProvider;
import org.isthmus.api.ppp.PppProviderSettings;
import org.isthmus.api.ppp.PppRun;
import org.isthmus.api.ppp.PppSpec;

/** A provider of PPP that does nothing by itself: it keeps what it was told, and the test says what happens. */
final class SimPpp implements PppProvider {
    final List<Run> runs = new ArrayList<>();
    PppProviderSettings settings;

    /** One start. */
    static final class Run implements PppRun {
        final PppSpec spec;
        final PppPort port;
        final List<String> told = new ArrayList<>();

        private Run(PppSpec spec, PppPort port) {
            this.spec = spec;
            this.port = port;
        }

        @Override
        public void close(String why) {
            told.add("close: " + why);
        }

        @Override
        public void abandon() {
            told.add("abandon");
        }

        @Override
        public void mtu(int mtu) {
            told.add("mtu " + mtu);
        }
    }

    Run latest() {
        return runs.get(runs.size() - 1);
    }

    @Override
    public String name() {
        return "sim";
    }

    @Override
    public void configure(PppProviderSettings wanted) {
        settings = wanted;
    }

    @Override
    public PppRun open(PppSpec spec, PppPort port) {
        Run run = new Run(spec, port);
        runs.add(run);
        return run;
    }
}

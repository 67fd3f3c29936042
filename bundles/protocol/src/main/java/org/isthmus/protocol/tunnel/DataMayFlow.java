package org.isthmus.protocol.tunnel;

/** As LAC: what follows when the ICCN or OCCN of a session is acknowledged. */
record DataMayFlow(Session session, TunnelObserver observer) implements Runnable {

    @Override
    public void run() {
        if (session.allowData()) {
            observer.dataMayFlow(session);
        }
    }
}

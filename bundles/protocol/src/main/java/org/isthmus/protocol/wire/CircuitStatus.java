package org.isthmus.protocol.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether one end of a session of version 3 can carry traffic (RFC 3931 section 5.4.5, RFC 5641).
 *
 * <pre>
 *  0                   1
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     Reserved    |S|E|I|T|R|N|A|
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param bits the value on the wire, without the reserved bits
 */
public record CircuitStatus(int bits) {

    /** Active, with the deprecated bit "new" set, as in requests and replies. */
    public static final CircuitStatus UP = new CircuitStatus(3);
    /** Not active, for no reason that is told; new. */
    public static final CircuitStatus DOWN = new CircuitStatus(2);

    /** Switched off or broken at our end: nothing comes from it, nothing goes to it. */
    public static final CircuitStatus FAULT = new CircuitStatus(0x0c);

    private static final int A = 0x01;
    private static final int N = 0x02;
    private static final int FAULTS = 0x3c;
    private static final int S = 0x40;
    private static final int DEFINED = A | N | FAULTS | S;
    private static final String[] FAULT_WORDS = {
        "circuit receive fault", "circuit transmit fault", "pseudowire receive fault", "pseudowire transmit fault"
    };

    /** Leaves reserved bits aside. A fault and "active" exclude each other: the fault counts. */
    public CircuitStatus {
        bits &= DEFINED;
        if ((bits & FAULTS) != 0) {
            bits &= ~A;
        }
    }

    /** No fault: traffic may flow, save in standby. */
    public boolean active() {
        return (bits & A) != 0;
    }

    /** Signalled and operational, but not to be used now. */
    public boolean standby() {
        return (bits & S) != 0;
    }

    /** Whether data may be sent to the end that says this. */
    public boolean carriesTraffic() {
        return active() && !standby();
    }

    /** The same, for a circuit that is not new. */
    public CircuitStatus known() {
        return new CircuitStatus(bits & ~N);
    }

    /** The status for an operator, such as "up" or "down: circuit receive fault". */
    public String words() {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < FAULT_WORDS.length; i++) {
            if ((bits & 4 << i) != 0) {
                faults.add(FAULT_WORDS[i]);
            }
        }
        return (active() ? "up" : "down") + (standby() ? ", standby" : "")
                + (faults.isEmpty() ? "" : ": " + String.join(", ", faults));
    }
}

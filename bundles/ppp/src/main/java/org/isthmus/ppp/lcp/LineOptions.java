package org.isthmus.ppp.lcp;

import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.LinkConfig;
import org.isthmus.ppp.negotiation.Option;

/**
 * What our Configure-Requests ask for of the line: as the configuration has it, and as the line's LAC wants it (RFC 3437
 * section 2.1).
 */
final class LineOptions {
    private static final int LEAST_MRU = 128;

    private final LinkConfig config;
    private final Optional<LcpOptions> wanted;
    private final int mostMru;
    private int mru;
    private boolean offerMru;
    private boolean offerAsyncMap;
    private int asyncMap;
    private boolean offerProtocolCompression;
    private boolean offerAddressCompression;
    /** The frame check sequences to choose from (RFC 1570 section 2.2), 0: not asked for. */
    private int checkSequences;

    LineOptions(LinkConfig config) {
        this.config = config;
        this.wanted = config.wishes().want().flatMap(LcpOptions::read);
        this.mostMru = wanted(Lcp.MRU).map(Long::intValue).orElse(Lcp.DEFAULT_MRU);
    }

    private Optional<Long> wanted(int type) {
        return wanted.flatMap(options -> options.find(type)).map(Option::number);
    }

    void begin() {
        mru = wanted(Lcp.MRU).map(most -> Math.max(LEAST_MRU, Math.min(config.mru(), most.intValue())))
                .orElse(config.mru());
        offerMru = mru != Lcp.DEFAULT_MRU;
        Optional<Long> map = wanted(Lcp.ASYNC_MAP);
        offerAsyncMap = map.isPresent() || config.asyncMap().isPresent();
        asyncMap = map.map(Long::intValue).orElse(config.asyncMap().orElse(0));
        offerProtocolCompression = config.protocolFieldCompression()
                || wanted(Lcp.PROTOCOL_FIELD_COMPRESSION).isPresent();
        offerAddressCompression = config.addressControlCompression()
                || wanted(Lcp.ADDRESS_CONTROL_COMPRESSION).isPresent();
        checkSequences = wanted(Lcp.CHECK_SEQUENCE).map(Long::intValue).orElse(0);
    }

    /** Another end has negotiated this MRU. */
    void adopt(int negotiatedMru) {
        mru = negotiatedMru;
        offerMru = mru != Lcp.DEFAULT_MRU;
    }

    /** The MRU that holds for us. */
    int mru() {
        return offerMru ? mru : Lcp.DEFAULT_MRU;
    }

    /** Those before the authentication and the magic number, as peers are used to. */
    void addFirst(List<Option> options) {
        if (offerMru) {
            options.add(Option.of(Lcp.MRU, 2, mru));
        }
        if (offerAsyncMap) {
            options.add(Option.of(Lcp.ASYNC_MAP, 4, asyncMap));
        }
    }

    /** Those behind them. */
    void addLast(List<Option> options) {
        if (offerProtocolCompression) {
            options.add(Option.of(Lcp.PROTOCOL_FIELD_COMPRESSION, 0, 0));
        }
        if (offerAddressCompression) {
            options.add(Option.of(Lcp.ADDRESS_CONTROL_COMPRESSION, 0, 0));
        }
        if (checkSequences != 0) {
            options.add(Option.of(Lcp.CHECK_SEQUENCE, 1, checkSequences));
        }
    }

    void naked(Option option) {
        switch (option.type()) {
            case Lcp.MRU -> {
                long value = option.number();
                // Larger than our wish, but never larger than what everyone must take anyway (section 6.1).
                if (option.has(2) && value >= LEAST_MRU && value <= Math.max(mru, mostMru)) {
                    mru = (int) value;
                    offerMru |= mru != Lcp.DEFAULT_MRU;
                }
            }
            case Lcp.ASYNC_MAP -> asyncMap |= option.has(4) ? (int) option.number() : 0;
            case Lcp.CHECK_SEQUENCE -> checkSequences &= (int) option.number();
            default -> { }
        }
    }

    void rejected(Option option) {
        switch (option.type()) {
            case Lcp.MRU -> offerMru = false;
            case Lcp.ASYNC_MAP -> offerAsyncMap = false;
            case Lcp.PROTOCOL_FIELD_COMPRESSION -> offerProtocolCompression = false;
            case Lcp.ADDRESS_CONTROL_COMPRESSION -> offerAddressCompression = false;
            case Lcp.CHECK_SEQUENCE -> checkSequences = 0;
            default -> { }
        }
    }
}

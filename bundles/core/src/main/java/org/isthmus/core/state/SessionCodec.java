package org.isthmus.core.state;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.isthmus.api.Origin;
import org.isthmus.handover.fields.FieldWriter;
import org.isthmus.handover.fields.Fields;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.protocol.tunnel.CallRequest;
import org.isthmus.protocol.tunnel.CallType;
import org.isthmus.protocol.tunnel.ConnectedCall;
import org.isthmus.protocol.tunnel.IncomingCall;
import org.isthmus.protocol.tunnel.OutgoingCall;
import org.isthmus.protocol.tunnel.PseudowireSnapshot;
import org.isthmus.protocol.tunnel.PseudowireTerms;
import org.isthmus.protocol.tunnel.SessionSnapshot;
import org.isthmus.protocol.wire.AccessLine;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CircuitStatus;
import org.isthmus.protocol.wire.PseudowireType;
import org.isthmus.protocol.wire.SequencingLevel;

/** A {@link SavedSession} as octets; see {@link TunnelCodec}. What a LAC said of PPP is not kept: it is over. */
final class SessionCodec {
    private static final int NAME = 1;
    private static final int ORIGIN = 2;
    private static final int LOCAL_ID = 3;
    private static final int REMOTE_ID = 4;
    private static final int TYPE = 5;
    private static final int CALL = 6;
    private static final int CONNECTED = 7;
    private static final int PHB = 8;
    private static final int PSEUDOWIRE = 9;
    private static final int PPP = 10;

    private static final int SERIAL = 1;
    private static final int BEARER = 2;
    private static final int CHANNEL = 3;
    private static final int CALLING = 4;
    private static final int CALLED = 5;
    private static final int SUB_ADDRESS = 6;
    private static final int SPEED_UPDATES = 7;
    private static final int LINE = 8;
    private static final int MINIMUM_BPS = 9;
    private static final int MAXIMUM_BPS = 10;
    private static final int CALL_FRAMING = 11;

    private static final int ATTRIBUTE = 1;
    private static final int VALUE = 2;

    private static final int TX_SPEED = 1;
    private static final int RX_SPEED = 2;
    private static final int FRAMING = 3;
    private static final int SEQUENCED = 4;
    private static final int GROUP = 5;

    private static final int CARRIES = 1;
    private static final int END_ID = 2;
    private static final int SUBLAYER = 3;
    private static final int SEQUENCING = 4;
    private static final int TIE_BREAKER = 5;
    private static final int LOCAL_CIRCUIT = 6;
    private static final int LOCAL_COOKIE = 7;
    private static final int REMOTE_COOKIE = 8;
    private static final int SUBLAYER_SENT = 9;
    private static final int SEQUENCING_SENT = 10;
    private static final int REMOTE_CIRCUIT = 11;

    private SessionCodec() {
    }

    static FieldWriter write(SavedSession session) {
        SessionSnapshot protocol = session.protocol();
        FieldWriter out = new FieldWriter().text(NAME, session.name()).constant(ORIGIN, session.origin())
                .number(LOCAL_ID, protocol.localId()).number(REMOTE_ID, protocol.remoteId())
                .constant(TYPE, protocol.type()).record(CALL, call(protocol.call()))
                .record(CONNECTED, connected(protocol.connected()));
        protocol.phb().ifPresent(phb -> out.number(PHB, phb));
        protocol.pseudowire().ifPresent(pseudowire -> out.record(PSEUDOWIRE, pseudowire(pseudowire)));
        session.ppp().ifPresent(ppp -> out.record(PPP, PppCodec.write(ppp)));
        return out;
    }

    static SavedSession read(Fields in) throws UnreadableException {
        CallType type = in.constant(TYPE, CallType.class);
        Optional<Fields> pseudowire = in.record(PSEUDOWIRE);
        Optional<Fields> ppp = in.record(PPP);
        SessionSnapshot protocol = new SessionSnapshot(id(in, LOCAL_ID), id(in, REMOTE_ID), type,
                call(in.needed(CALL), type), connected(in.needed(CONNECTED)),
                in.has(PHB) ? OptionalInt.of(in.integer(PHB, 0)) : OptionalInt.empty(),
                pseudowire.isPresent() ? Optional.of(pseudowire(pseudowire.get())) : Optional.empty());
        return new SavedSession(in.text(NAME), in.constant(ORIGIN, Origin.class), protocol,
                ppp.isPresent() ? Optional.of(PppCodec.read(ppp.get())) : Optional.empty());
    }

    private static int id(Fields in, int field) throws UnreadableException {
        int id = (int) in.number(field);
        if (id == 0) {
            throw new UnreadableException("session id 0");
        }
        return id;
    }

    private static FieldWriter call(CallRequest call) {
        FieldWriter out = new FieldWriter().number(SERIAL, call.serialNumber()).number(BEARER, call.bearerType())
                .text(CALLING, call.callingNumber()).text(CALLED, call.calledNumber()).text(SUB_ADDRESS, call.subAddress());
        if (call instanceof IncomingCall incoming) {
            out.number(CHANNEL, incoming.physicalChannelId()).flag(SPEED_UPDATES, incoming.speedUpdates());
            incoming.accessLine().values().forEach((type, value) -> out.record(LINE,
                    new FieldWriter().constant(ATTRIBUTE, type).octets(VALUE, value)));
        } else if (call instanceof OutgoingCall outgoing) {
            out.number(MINIMUM_BPS, outgoing.minimumBps()).number(MAXIMUM_BPS, outgoing.maximumBps())
                    .number(CALL_FRAMING, outgoing.framingType());
        }
        return out;
    }

    private static CallRequest call(Fields in, CallType type) throws UnreadableException {
        long serial = in.number(SERIAL, 0);
        int bearer = in.integer(BEARER, 0);
        return type.isIncoming()
                ? new IncomingCall(serial, bearer, in.integer(CHANNEL, 0), in.text(CALLING), in.text(CALLED),
                        in.text(SUB_ADDRESS), line(in), in.flag(SPEED_UPDATES))
                : new OutgoingCall(serial, in.number(MINIMUM_BPS, 0), in.number(MAXIMUM_BPS, 0), bearer,
                        in.integer(CALL_FRAMING, 0), in.text(CALLED), in.text(SUB_ADDRESS));
    }

    private static AccessLine line(Fields in) throws UnreadableException {
        Map<AvpType, byte[]> values = new EnumMap<>(AvpType.class);
        for (ByteBuffer octets : in.all(LINE)) {
            Fields attribute = Fields.read(octets);
            AvpType type = attribute.constant(ATTRIBUTE, AvpType.class);
            byte[] value = attribute.octets(VALUE);
            if (!type.ofAccessLine() || !type.fits(value.length)) {
                throw new UnreadableException(type + " of an access line");
            }
            values.put(type, value);
        }
        return new AccessLine(values);
    }

    private static FieldWriter connected(ConnectedCall call) {
        return new FieldWriter().number(TX_SPEED, call.txConnectSpeed()).number(RX_SPEED, call.rxConnectSpeed())
                .number(FRAMING, call.framingType()).flag(SEQUENCED, call.sequencingRequired())
                .text(GROUP, call.privateGroupId());
    }

    private static ConnectedCall connected(Fields in) throws UnreadableException {
        return new ConnectedCall(in.number(TX_SPEED, 0), in.number(RX_SPEED, 0), in.integer(FRAMING, 0), in.flag(SEQUENCED),
                in.text(GROUP), Map.of());
    }

    private static FieldWriter pseudowire(PseudowireSnapshot pseudowire) {
        PseudowireTerms terms = pseudowire.terms();
        return new FieldWriter().constant(CARRIES, terms.type()).text(END_ID, terms.remoteEndId())
                .flag(SUBLAYER, terms.sublayer()).constant(SEQUENCING, terms.sequencing())
                .flag(TIE_BREAKER, terms.tieBreaker()).number(LOCAL_CIRCUIT, terms.circuit().bits())
                .octets(LOCAL_COOKIE, pseudowire.localCookie()).octets(REMOTE_COOKIE, pseudowire.remoteCookie())
                .flag(SUBLAYER_SENT, pseudowire.sublayerSent()).constant(SEQUENCING_SENT, pseudowire.sequencingSent())
                .number(REMOTE_CIRCUIT, pseudowire.remoteCircuit().bits());
    }

    private static PseudowireSnapshot pseudowire(Fields in) throws UnreadableException {
        byte[] localCookie = cookie(in, LOCAL_COOKIE);
        SequencingLevel sequencing = in.constant(SEQUENCING, SequencingLevel.class);
        try {
            PseudowireTerms terms = new PseudowireTerms(in.constant(CARRIES, PseudowireType.class), in.text(END_ID),
                    localCookie.length, in.flag(SUBLAYER), sequencing, in.flag(TIE_BREAKER), circuit(in, LOCAL_CIRCUIT));
            return new PseudowireSnapshot(terms, localCookie, cookie(in, REMOTE_COOKIE), in.flag(SUBLAYER_SENT),
                    in.constant(SEQUENCING_SENT, SequencingLevel.class), circuit(in, REMOTE_CIRCUIT));
        } catch (IllegalArgumentException impossible) {
            throw new UnreadableException(impossible.getMessage());
        }
    }

    private static byte[] cookie(Fields in, int field) throws UnreadableException {
        byte[] cookie = in.octets(field);
        if (cookie.length != 0 && cookie.length != 4 && cookie.length != 8) {
            throw new UnreadableException("a cookie of " + cookie.length + " octets");
        }
        return cookie;
    }

    private static CircuitStatus circuit(Fields in, int field) throws UnreadableException {
        return new CircuitStatus(in.integer(field, CircuitStatus.UP.bits()));
    }
}

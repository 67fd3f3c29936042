package org.isthmus.core.state;

import java.nio.ByteBuffer;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.isthmus.handover.fields.UnreadableException;
import org.junit.jupiter.api.Tag;

/** Whatever stands in a file, it is read or it is not; what was read can be written. */
@Tag("fuzz")
class StateFileFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void anyRecord(FuzzedDataProvider data) {
        try {
            TunnelCodec.write(TunnelCodec.read(ByteBuffer.wrap(data.consumeRemainingAsBytes())));
        } catch (UnreadableException expected) {
            // said what is wrong
        }
    }

    @FuzzTest(maxDuration = "30s")
    void aWholeFileWithHarmDone(FuzzedDataProvider data) {
        byte[] record = TunnelCodec.write(Samples.tunnel());
        for (int i = 0; i < 16 && data.remainingBytes() > 0; i++) {
            record[data.consumeInt(0, record.length - 1)] = data.consumeByte();
        }
        try {
            TunnelCodec.write(TunnelCodec.read(ByteBuffer.wrap(record)));
        } catch (UnreadableException expected) {
            // said what is wrong
        }
    }
}

package org.isthmus.protocol.wire;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/** Any hidden value is revealed or refused, within its own length; what was hidden comes back. */
@Tag("fuzz")
class HiddenAvpFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void anyHiddenValue(FuzzedDataProvider data) {
        int attribute = data.consumeInt(0, 65_535);
        byte[] secret = data.consumeBytes(64);
        byte[] vector = data.consumeBytes(64);
        byte[] hidden = data.consumeRemainingAsBytes();
        byte[] message = Arrays.copyOf(vector, vector.length + hidden.length);
        System.arraycopy(hidden, 0, message, vector.length, hidden.length);

        byte[] value = AvpHiding.reveal(attribute, secret, message, 0, vector.length, vector.length, hidden.length);
        if (value != null && value.length > hidden.length - AvpHiding.PREFIX_BYTES) {
            throw new AssertionError("revealed more than was hidden");
        }

        byte[] subformat = Arrays.copyOf(hidden, hidden.length);
        if (hidden.length >= AvpHiding.PREFIX_BYTES && hidden.length < 1000) {
            subformat[0] = (byte) (hidden.length - AvpHiding.PREFIX_BYTES >> 8);
            subformat[1] = (byte) (hidden.length - AvpHiding.PREFIX_BYTES);
            byte[] original = Arrays.copyOfRange(subformat, AvpHiding.PREFIX_BYTES, subformat.length);
            AvpHiding.hide(attribute, secret, vector, subformat);
            System.arraycopy(subformat, 0, message, vector.length, subformat.length);
            byte[] back = AvpHiding.reveal(attribute, secret, message, 0, vector.length, vector.length,
                    subformat.length);
            if (!Arrays.equals(original, back)) {
                throw new AssertionError("what was hidden does not come back");
            }
        }
    }
}

package org.isthmus.api.auth;

/**
 * What encryption starts from once a user is accepted by MS-CHAP (RFC 3079), as a RADIUS server tells it in MS-MPPE-Send-Key and
 * MS-MPPE-Recv-Key (RFC 2548). {@code toString} shows nothing of it. The arrays are not to be changed.
 *
 * @param send         16 bytes, for what we send
 * @param receive      16 bytes, for what we receive
 * @param shortSend    8 bytes, the same for keys of less than 128 bits: after MS-CHAPv2 the beginning of the long ones
 * @param shortReceive 8 bytes
 */
public record MppeKeys(byte[] send, byte[] receive, byte[] shortSend, byte[] shortReceive) {
    @Override
    public String toString() {
        return "MppeKeys[hidden]";
    }
}

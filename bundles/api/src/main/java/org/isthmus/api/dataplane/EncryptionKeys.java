package org.isthmus.api.dataplane;

/**
 * What the encryption of a PPP session starts from, before it is agreed on how long keys are (RFC 3079). {@code toString} shows
 * nothing of it. The arrays are not to be changed.
 *
 * @param send    16 bytes, for what we send; the first 8 are those of shorter keys
 * @param receive 16 bytes, for what we receive, in the same way
 */
public record EncryptionKeys(byte[] send, byte[] receive) {
    @Override
    public String toString() {
        return "EncryptionKeys[hidden]";
    }
}

package org.isthmus.protocol.channel;

/** Is told what became of a probe of the path, once. */
public interface ProbeListener {

    /** It was acknowledged before it was sent again. */
    void arrived();

    /** It was not acknowledged in time, and was sent again in its usual size. */
    void lost();

    /** It cannot be told: another message came behind it, so that it was sent again in its usual size at once. */
    void spoiled();
}

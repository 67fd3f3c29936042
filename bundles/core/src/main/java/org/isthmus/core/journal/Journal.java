package org.isthmus.core.journal;

/** Records by key that outlive the process. For one thread. */
public interface Journal {

    /** Writes a record, in the place of the one before, with the next {@link #commit}. */
    void put(String key, byte[] record);

    /** Takes a record out, with the next {@link #commit}. */
    void remove(String key);

    /** What has changed since the last commit outlives the process from when this returns: until then all of it does not. */
    void commit();

    /** Lets go of it: what is in it stays for another object. */
    void leave();

    /** Ends it: nobody goes on. */
    void close();
}

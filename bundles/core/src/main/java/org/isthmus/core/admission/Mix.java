package org.isthmus.core.admission;

/** Spreads the bits of a number over all of them (the finishing step of splitmix64). */
final class Mix {
    private Mix() {
    }

    static long mix(long bits) {
        long spread = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        spread = (spread ^ spread >>> 27) * 0x94d049bb133111ebL;
        return spread ^ spread >>> 31;
    }
}

package org.isthmus.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void addressesAreShownAsTheyAreTyped() throws UnknownHostException {
        assertEquals("192.0.2.1:1701", Words.of(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 1701)));
        assertEquals("[2001:db8:0:0:0:0:0:1]:1701",
                Words.of(new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 1701)));
        assertEquals("lns.example:1701", Words.of(InetSocketAddress.createUnresolved("lns.example", 1701)));
    }

    @Test
    void aFailureIsToldByWhatCausedIt() {
        assertEquals("no such pool", Words.of(new CompletionException(new IOException("no such pool"))));
        assertEquals("NullPointerException", Words.of(new NullPointerException()));
    }

    @Test
    void whatAPeerSentCannotForgeLinesNorFillThem() {
        assertEquals("a?b?c", Words.printable("a\nb\u0007c"));
        assertEquals("?[31mred", Words.printable("\u001b[31mred"));
        assertEquals("x?y?z?", Words.printable("x\u2028y\u202ez\u200f"), "line separators and changes of direction");
        assertEquals(64, Words.printable("x".repeat(5_000)).length());
    }

    @Test
    void aNameMadeOfWhatAPeerSentCanBeTyped() {
        assertEquals("lac-1.example", Words.name("lac-1.example"));
        assertEquals("a_b__c", Words.name("a b/\"c"));
        assertEquals("peer", Words.name(""));
    }
}

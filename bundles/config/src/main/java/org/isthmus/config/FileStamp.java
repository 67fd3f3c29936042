package org.isthmus.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Tells one state of a file from another: its inode, the times of its last change of content and of anything, its
 * length. A file that is replaced by renaming another, or whose mode changes, has a new stamp.
 *
 * @param attributes empty for a file that is not there or cannot be looked at
 */
record FileStamp(Map<String, Object> attributes) {

    static FileStamp of(Path file) {
        try {
            return new FileStamp(Map.copyOf(Files.readAttributes(file, "unix:ino,ctime,lastModifiedTime,size")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException gone) {
            return new FileStamp(Map.of());
        }
    }
}

"""Makes other versions of bundles for the cases: jars whose entries are changed.

    jar.py version SOURCE TARGET VERSION    a copy, as a build of that version would be
    jar.py manifest JAR OLD NEW             a text in its manifest, whose lines are unfolded for that, in the place of another
    jar.py without JAR ENTRY...             without some entries
    jar.py put JAR FOLDER                   with the files of a folder, in the place of those of the same name
"""
import os
import re
import sys
import zipfile

MANIFEST = "META-INF/MANIFEST.MF"
LINE = 70  # octets, of 72 that a line may have with its end


def rewrite(source, target, change, more=()):
    """change(name, data) gives the new data of an entry, or None to leave it out; more are (name, data) besides."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target + ".new", "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = change(entry.filename, old.read(entry))
            if data is not None:
                new.writestr(entry, data)
        for name, data in more:
            new.writestr(name, data)
    os.rename(target + ".new", target)


def version(source, target, number):
    rewrite(source, target, lambda name, data: data if name != MANIFEST
            else re.sub(rb"Bundle-Version: [^\r\n]*", b"Bundle-Version: " + number.encode(), data))


def manifest(jar, old, new):
    def change(name, data):
        if name != MANIFEST:
            return data
        text = data.decode().replace("\r\n ", "").replace("\r\n", "\n").replace("\n ", "")
        assert old in text, old
        lines = []
        for line in text.replace(old, new).split("\n"):
            lines.append(line[:LINE])
            rest = line[LINE:]
            while rest:
                lines.append(" " + rest[:LINE - 1])
                rest = rest[LINE - 1:]
        return "\r\n".join(lines).encode()
    rewrite(jar, jar, change)


def without(jar, *gone):
    rewrite(jar, jar, lambda name, data: None if name in gone else data)


def put(jar, folder):
    files = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as read:
                files[os.path.relpath(path, folder)] = read.read()
    rewrite(jar, jar, lambda name, data: None if name in files else data, files.items())


{"version": version, "manifest": manifest, "without": without, "put": put}[sys.argv[1]](*sys.argv[2:])

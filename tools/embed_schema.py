#!/usr/bin/python3
"""Embeds the schema's steps in C.

    embed_schema.py OUT.c FILE.sql...

Each file is named NNNN_what_it_does.sql; the numbers run from 1 without a gap. OUT.c has
`const struct schema_step schema_steps[]` and `const size_t schema_step_count` (db/migrate.h).
"""
import hashlib
import os
import re
import sys

sys.dont_write_bytecode = True
from embed_sql import Refused, c_text, write

FILE = re.compile(r"(\d{4})_([a-z][a-z0-9_]*)\.sql$")


def read(paths):
    for expected, path in enumerate(sorted(paths, key=os.path.basename), 1):
        name = FILE.match(os.path.basename(path))
        if not name or int(name[1]) != expected:
            raise Refused(f"{path}: a file {expected:04d}_what_it_does.sql was expected here")
        with open(path, encoding="utf-8") as file:
            yield expected, name[2], file.read()


def source(steps):
    yield '#include "db/migrate.h"\n\n'
    yield '#pragma GCC diagnostic ignored "-Woverlength-strings"\n'
    yield "\nconst struct schema_step schema_steps[] = {\n"
    for number, name, sql in steps:
        digest = hashlib.sha256(sql.encode()).hexdigest()
        yield f'    {{.number = {number},\n     .name = "{name}",\n     .sha256 = "{digest}",\n'
        yield f"     .sql = {c_text(sql, 12)}}},\n"
    yield "};\nconst size_t schema_step_count = sizeof schema_steps / sizeof *schema_steps;\n"


def main(arguments):
    if len(arguments) < 2:
        raise Refused(__doc__)
    write(arguments[0], list(source(read(arguments[1:]))))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refused as refused:
        sys.exit(f"embed_schema: {refused}")

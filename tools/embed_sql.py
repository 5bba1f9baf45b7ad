#!/usr/bin/python3
"""Embeds named SQL statements in C.

    embed_sql.py OUT.c OUT.h FILE.sql...

A file holds statements, each behind a line that names it:

    -- name: invoice_open_by_client
    SELECT id, number FROM invoice WHERE company = :company AND client = :client

Each :name becomes $1, $2 ... in the order of first use, which both databases bind alike, and the
statement becomes `const struct statement sql_invoice_open_by_client` (db/db.h). Comments are
dropped. OUT.c also has the table of them all.
"""
import re
import sys

TOKEN = re.compile(r"""
    (?P<string>'(?:[^']|'')*')
  | (?P<quoted>"(?:[^"]|"")*")
  | (?P<comment>--[^\n]*|/\*.*?\*/)
  | (?P<cast>::)
  | (?P<parameter>:[a-z][a-z0-9_]*)
  | (?P<space>\s+)
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]+)?)
  | (?P<end>;)
  | (?P<symbol>[-+*/%<>=!|(),.])
""", re.VERBOSE | re.DOTALL)
NAME = re.compile(r"-- name: *([a-z][a-z0-9_]*) *$")


class Refused(Exception):
    pass


def split(path, text):
    """Yields (line number, name, text) of each statement."""
    found = None
    for number, line in enumerate(text.split("\n"), 1):
        name = NAME.match(line)
        if name:
            if found:
                yield found
            found = [number, name[1], ""]
        elif line.startswith("-- name"):
            raise Refused(f"{path}:{number}: a name is lower-case words joined by _")
        elif found:
            found[2] += line + "\n"
        elif line.strip() and not line.startswith("--"):
            raise Refused(f"{path}:{number}: a statement without '-- name:'")
    if found:
        yield found


def translate(sql):
    """The text with numbered parameters and without comments, and the parameters' names."""
    parameters, out, at = [], [], 0
    sql = sql.strip()
    while at < len(sql):
        token = TOKEN.match(sql, at)
        if not token:
            raise Refused(f"cannot read {sql[at:at + 20]!r}")
        kind, value, at = token.lastgroup, token[0], token.end()
        if kind == "cast":
            raise Refused("write CAST(x AS type), SQLite has no ::")
        if kind == "end" and sql[at:]:
            raise Refused("one statement only, and nothing behind its ';'")
        if kind == "parameter":
            if value[1:] not in parameters:
                parameters.append(value[1:])
            value = f"${parameters.index(value[1:]) + 1}"
        elif kind == "comment":
            value = " "
        elif kind == "space":
            value = "\n" if "\n" in value else " "
        if kind != "end":
            out.append(value)
    return "".join(out).strip(), parameters


def read(paths):
    statements, places = [], {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for number, name, body in split(path, text):
            place = f"{path}:{number}: {name}"
            try:
                sql, parameters = translate(body)
            except Refused as refused:
                raise Refused(f"{place}: {refused}") from None
            if name in places:
                raise Refused(f"{place}: is also at {places[name]}")
            if not sql:
                raise Refused(f"{place}: is empty")
            places[name] = place
            statements.append((name, sql, parameters))
    return statements


def c_text(text, indent):
    """A C string, one literal a line."""
    def literal(line):
        return '"' + line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    lines = text.splitlines(keepends=True) or [""]
    return ("\n" + " " * indent).join(literal(line) for line in lines)


def source(statements, header_name):
    yield f'#include "{header_name}"\n\n'
    yield '#pragma GCC diagnostic ignored "-Woverlength-strings"\n'
    for name, sql, parameters in statements:
        if parameters:
            names = ", ".join(f'"{parameter}"' for parameter in parameters)
            yield f"\nstatic const char *const parameters_of_{name}[] = {{{names}}};"
        yield f"\nconst struct statement sql_{name} = {{\n"
        yield f'    .name = "{name}",\n    .sql = {c_text(sql, 11)},\n'
        if parameters:
            yield f"    .parameters = parameters_of_{name},\n"
        yield f"    .parameter_count = {len(parameters)},\n}};\n"
    yield "\nconst struct statement *const all_statements[] = {\n"
    for name, _, _ in statements:
        yield f"    &sql_{name},\n"
    yield f"}};\nconst size_t all_statement_count = {len(statements)};\n"


def header(statements):
    yield "/* Made from the .sql files by tools/embed_sql.py. */\n#pragma once\n\n"
    yield '#include "db/db.h"\n\n'
    for name, _, parameters in statements:
        yield f"extern const struct statement sql_{name}; /* {', '.join(parameters) or 'none'} */\n"
    yield "\nextern const struct statement *const all_statements[];\n"
    yield "extern const size_t all_statement_count;\n"


def write(path, parts):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(parts)


def main(arguments):
    if len(arguments) < 3:
        raise Refused(__doc__)
    source_path, header_path, *paths = arguments
    statements = read(paths)
    if not statements:
        raise Refused("no statements")
    write(source_path, source(statements, header_path.rsplit("/", 1)[-1]))
    write(header_path, header(statements))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refused as refused:
        sys.exit(f"embed_sql: {refused}")

#!/usr/bin/python3
"""Puts a file into C: embed_bytes.py IN OUT.c HEADER NAME defines NAME[] and NAME_size."""

import sys


def main():
    source, target, header, name = sys.argv[1:]
    with open(source, "rb") as file:
        data = file.read()
    with open(target, "w", encoding="ascii") as out:
        out.write(f'#include "{header}"\n\nconst char {name}[] = {{\n')
        for start in range(0, len(data), 16):
            row = ", ".join(str(byte if byte < 128 else byte - 256) for byte in data[start:start + 16])
            out.write(f"    {row},\n")
        out.write(f"    0,\n}};\nconst size_t {name}_size = {len(data)};\n")


if __name__ == "__main__":
    main()

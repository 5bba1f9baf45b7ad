#!/usr/bin/python3
"""Turns the API's contract from YAML into JSON inside a C file: embed_openapi.py IN.yaml OUT.c"""

import json
import sys

import yaml


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        contract = yaml.load(source, yaml.CSafeLoader)
    text = json.dumps(contract, ensure_ascii=False, separators=(",", ":"), default=str)
    data = text.encode() + b"\0"
    with open(sys.argv[2], "w", encoding="ascii") as out:
        out.write('#include "api/openapi.h"\n\nconst char openapi_json[] = {\n')
        for start in range(0, len(data), 16):
            row = ", ".join(str(byte if byte < 128 else byte - 256) for byte in data[start:start + 16])
            out.write(f"    {row},\n")
        out.write(f"}};\nconst size_t openapi_json_size = {len(data) - 1};\n")


if __name__ == "__main__":
    main()

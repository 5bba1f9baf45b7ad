#!/usr/bin/env node
// Puts the files below a folder into C, each plain and, where that is smaller, packed by gzip and
// brotli: embed_files.mjs FOLDER OUT.c HEADER NAME DEPFILE required|optional defines the
// struct web_files NAME. A folder that is not there is an error, or an empty set.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

const [folder, target, header, name, depfile, need] = process.argv.slice(2);
const PACKED = /\.(html|js|mjs|css|json|map|webmanifest|svg|ico|wasm|txt)$/;
const folders = [];

function walk(at) {
    folders.push(at);
    return fs.readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
        if (entry.name.startsWith(".")) return [];
        const full = path.join(at, entry.name);
        return entry.isDirectory() ? walk(full) : [full];
    });
}

function brotli(bytes) {
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
    return zlib.brotliCompressSync(bytes, {
        params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
}

// A text in C. Three digits always, so that the next byte is never taken for one of them.
function literal(bytes) {
    let text = "";
    for (const byte of bytes) {
        const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c && byte !== 0x3f;
        text += plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;
    }
    return `"${text}"`;
}

function form(bytes) {
    return bytes ? `{${literal(bytes)}, ${bytes.length}}` : "{NULL, 0}";
}

function smaller(packed, plain) {
    return packed.length < plain.length ? packed : null;
}

function entry(file) {
    const plain = fs.readFileSync(file);
    const packs = PACKED.test(file);
    const forms = [
        plain,
        packs ? smaller(zlib.gzipSync(plain, { level: 9 }), plain) : null,
        packs ? smaller(brotli(plain), plain) : null,
    ];
    const digest = createHash("sha256").update(plain).digest("hex");
    const where = path.relative(folder, file).split(path.sep).join("/");
    return { where, text: `    {${literal(Buffer.from(where))}, "${digest}",\n     {${forms.map(form).join(",\n      ")}}},\n` };
}

if (!fs.existsSync(folder) && need === "required") {
    console.error(`${folder} is not there: build the portal first`);
    process.exit(1);
}
const files = fs.existsSync(folder) ? walk(folder) : [];
const entries = files.map(entry).sort((a, b) => Buffer.compare(Buffer.from(a.where), Buffer.from(b.where)));
const table = entries.length ? `static const struct web_file files[] = {\n${entries.map((e) => e.text).join("")}};\n\n` : "";
const text = `#include "${header}"\n\n${table}const struct web_files ${name} = {.files = ${entries.length ? "files" : "NULL"}, .count = ${entries.length}};\n`;

// What has not changed need not be compiled again.
if (!fs.existsSync(target) || fs.readFileSync(target, "utf8") !== text) fs.writeFileSync(target, text);
const read = files.length ? [...folders, ...files] : [path.dirname(folder)];
fs.writeFileSync(depfile, `${target}: ${read.map((file) => file.replace(/([ #])/g, "\\$1")).join(" ")}\n`);

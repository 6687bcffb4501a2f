import { readFileSync } from "node:fs";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

const [, , file = ""] = process.argv;
fromMarkdown(readFileSync(file, "utf8"), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
